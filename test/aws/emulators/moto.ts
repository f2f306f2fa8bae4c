import type { Recipe } from "./emulator.ts";

/** https://docs.getmoto.org: the widest set of APIs, and little behaviour behind them. */
export const moto: Recipe = {
  name: "moto",
  command: "moto_server",
  args: (port) => ["-H", "127.0.0.1", "-p", String(port)],
  env: () => ({
    // Tasks of a service run at all; without this none ever does (moto/ecs/models.py).
    MOTO_ECS_SERVICE_RUNNING: "3",
  }),
  health: "/moto-api/data.json",
};

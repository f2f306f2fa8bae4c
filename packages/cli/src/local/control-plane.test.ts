import { fleet } from "@headroom/decisions/config/fleet";
import { Invalid } from "@headroom/decisions/errors";
import { memoryStores } from "@headroom/twin/stores";
import { expect, it } from "vitest";
import { createControlPlane } from "./control-plane.ts";

const shop = fleet.decode({
  name: "shop",
  targets: {
    mail: {
      resource: { kind: "ecs-service", cluster: "shop", service: "mail" },
      min: 1,
      max: 9,
      policies: [{ kind: "queue", queue: "mail", drainWithin: "5m", secondsPerMessage: 1 }],
    },
  },
});

it("an event that is fine and cannot be dealt with is a failure, not a refusal", async () => {
  const stores = memoryStores();
  const refusal = new Invalid("too large to keep");
  const errors: unknown[] = [];
  const plane = createControlPlane({
    ...{ fleet: shop, seed: 1, traces: new Map(), onTick: () => undefined },
    stores: { ...stores, records: { ...stores.records, append: () => Promise.reject(refusal) } },
    onError: (error) => errors.push(error),
  });
  await plane.live(60);
  expect(plane.deliveries()).toMatchObject({ delivered: 1, rejected: 0, failed: 1 });
  expect(errors).toEqual([refusal]);
});

import { expect, it } from "vitest";
import { limits } from "./registry.ts";

it("limits apply in the order of the design: operators after machines, bounds last", () => {
  const order = ["stabilisation", "rate", "cool-down", "pin", "pause", "bounds"];
  expect(limits.map(({ name }) => name)).toEqual(order);
});

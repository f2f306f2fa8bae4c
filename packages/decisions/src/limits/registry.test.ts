import { expect, it } from "vitest";
import { limits } from "./registry.ts";

it("limits apply in the order of the design: operators after machines, bounds last", () => {
  const order = [
    ...[
      "foreign-restore",
      "stabilisation",
      "rate",
      "cool-down",
      "foreign-hold",
      "interlocks",
      "busy-units",
      "flapping",
    ],
    ...["pin", "pause", "spend", "bounds"],
  ];
  expect(limits.map(({ name }) => name)).toEqual(order);
});

import type { TargetConfig } from "@headroom/decisions/config/settings";
import { targetConfig } from "@headroom/decisions/config/settings";
import { decide } from "@headroom/decisions/decide";
import type { Moment } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { capacity, input, look, MINUTE, NOON, remembered, tracking } from "../../../test/builders/decisions.ts";
import { intentOf } from "./intent.ts";

const readers = {
  ...{ kind: "application-auto-scaling", namespace: "rds", resourceId: "cluster:orders" },
  dimension: "rds:cluster:ReadReplicaCount",
};

function configOf(changes: object): TargetConfig {
  const usual = { resource: readers, mode: "control", min: 1, max: 100, warmUp: "5m", stabilisation: { in: "0s" } };
  return targetConfig.parse({ ...usual, policies: [tracking()], ...changes });
}

/** What is asked for `minutes` after a capacity of 10 was set, of which 6 are running. */
function after(
  minutes: number,
  changes: object = {},
  { running = 6, ring }: { running?: number; ring?: Moment[] } = {},
) {
  const config = configOf(changes);
  const at = (minute: number) => NOON - (minutes - minute) * MINUTE;
  const each = Array.from({ length: minutes }, (_, minute) => look(at(minute), 10, { running: 6, ready: 6 }));
  const memory = remembered({ ring: ring ?? [look(at(-1), 6), ...each] });
  const record = decide(input({ settings: config, capacity: capacity(10, running), memory }));
  return intentOf({ is: "decided", id: "web", target: { id: "web", config }, record });
}

describe("a capacity that was set and has not come", () => {
  it("is insisted on each time that units had the time to start", () => {
    const asked = Array.from({ length: 13 }, (_, minutes) => (after(minutes) === undefined ? [] : [minutes])).flat();
    expect(asked).toEqual([5, 10]);
    expect(after(5)).toMatchObject({ sets: "capacity", from: 10, to: 10, target: { resource: readers } });
  });

  it.each([
    ["it has come", {}, { running: 10 }],
    ["the kind goes by itself", { resource: { kind: "ecs-service", cluster: "shop", service: "web" } }, {}],
    ["Headroom only looks", { mode: "observe" }, {}],
    ["native scaling is in charge", { mode: "floor" }, {}],
    ["another one was set meanwhile", {}, { ring: [look(NOON - 9 * MINUTE, 8), look(NOON - MINUTE, 8)] }],
    ["nothing is remembered", {}, { ring: [] }],
  ])("is left alone where %s", (_, changes, found) => {
    expect(after(5, changes, found)).toBeUndefined();
  });
});

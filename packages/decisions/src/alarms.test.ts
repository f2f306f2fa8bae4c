import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { draining, metric, settings, signal, tracking } from "../../../test/builders/decisions.ts";
import { alarmName, alarmOf, targetOfAlarm } from "./alarms.ts";
import type { policySettings } from "./policies/registry.ts";

type PolicyInput = z.input<typeof policySettings>;
type Steps = Extract<PolicyInput, { kind: "step" }>["steps"];

const alarmWith = (policies: PolicyInput[], min = 2) => alarmOf(settings({ min, policies }));
const stepping = (...steps: Steps): PolicyInput => ({ kind: "step", signals: [metric("cpu")], steps });

describe("the alarm that wakes a target", () => {
  it("is on above the target of an average, and above what the minimum can carry of a total", () => {
    expect(alarmWith([tracking({ of: "average", target: 60 })])).toEqual({ signal: signal("load"), threshold: 60 });
    expect(alarmWith([tracking({ target: 10 })], 4)?.threshold).toBe(40);
    expect(alarmWith([tracking({ target: 10 })], 0)?.threshold).toBe(10);
  });

  it.each<{ what: string; steps: Steps; threshold: number | undefined }>([
    {
      what: "the lowest step that adds units",
      steps: [
        { from: 90, change: { units: 4 } },
        { from: 70, to: 90, change: { units: 1 } },
        { from: 10, to: 30, change: { units: -1 } },
      ],
      threshold: 70,
    },
    {
      what: "the lowest step that adds a share",
      steps: [
        { from: 5, to: 30, change: { percent: -10 } },
        { from: 80, change: { percent: 20 } },
      ],
      threshold: 80,
    },
    {
      what: "the lowest step to more than the minimum",
      steps: [
        { from: 5, to: 30, change: { exactly: 2 } },
        { from: 80, change: { exactly: 3 } },
      ],
      threshold: 80,
    },
    {
      what: "no step that changes nothing",
      steps: [
        { from: 5, to: 30, change: { units: 0 } },
        { from: 40, to: 50, change: { percent: 0 } },
        { from: 80, change: { units: 1 } },
      ],
      threshold: 80,
    },
    {
      what: "no step that raises from below",
      steps: [
        { to: 20, change: { units: 1 } },
        { from: 80, change: { units: 1 } },
      ],
      threshold: 80,
    },
    { what: "nothing that only raises from below", steps: [{ to: 20, change: { units: 1 } }], threshold: undefined },
    { what: "nothing that only lowers", steps: [{ from: 20, change: { percent: -5 } }], threshold: undefined },
  ])("is on above $what", ({ steps, threshold }) => {
    expect(alarmWith([stepping(...steps)])?.threshold).toBe(threshold);
  });

  it("is of the first policy that can have one", () => {
    const policies = [draining(), stepping({ to: 20, change: { units: -1 } }), tracking({ target: 7 })];
    expect(alarmWith(policies)).toMatchObject({ signal: { metric: "load" }, threshold: 14 });
    expect(alarmWith(policies.slice(0, 2))).toBeUndefined();
  });

  it("is on the first signal that can be watched: no counter, and no period that alarms do not have", () => {
    const counter = metric("counter", { counter: true });
    const [short, possible] = [metric("short", { period: "5s" }), metric("possible", { period: "10s" })];
    const found = alarmWith([tracking({ signals: [counter, short, possible, metric("load")] })]);
    expect(found?.signal).toMatchObject({ metric: "possible" });
    expect(alarmWith([tracking({ signals: [counter, short] })])).toBeUndefined();
  });
});

const named = (fleet: string, target: string, stage = "dev") => alarmName({ stage, fleet }, target);

it("an alarm is named after its stage, fleet and target", () => {
  expect(named("shop", "web")).toBe("headroom/dev/shop/web");
  expect(named("shop", "web", "production")).not.toBe(named("shop", "web"));
});

it("the target of an alarm is the one that it is named after", () => {
  expect(targetOfAlarm("shop", named("shop", "web"))).toBe("web");
  expect(targetOfAlarm("my shop", named("my shop", "web-2"))).toBe("web-2");
  expect(targetOfAlarm("shop/eu", named("shop/eu", "web"))).toBe("web");
});

it.each([
  { what: "another fleet", name: named("cart", "web") },
  { what: "a fleet whose name goes on", name: named("shop/eu", "web") },
  { what: "a fleet whose name begins alike", name: named("shop2", "web") },
  { what: "no target", name: named("shop", "") },
  { what: "no stage", name: "headroom//shop/web" },
  { what: "this fleet under its name alone", name: "headroom/shop/web" },
  { what: "somebody else", name: "TargetTracking-service/shop/web-AlarmHigh" },
  { what: "nothing", name: "" },
])("an alarm of $what has no target here", ({ name }) => {
  expect(targetOfAlarm("shop", name)).toBeUndefined();
});

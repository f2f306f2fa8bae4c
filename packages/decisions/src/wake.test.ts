import { describe, expect, it } from "vitest";
import { parseConfig } from "./config/define.ts";
import { Invalid } from "./errors.ts";
import { wakeAlarms } from "./wake.ts";

const metric = {
  source: "cloudwatch",
  namespace: "AWS/ECS",
  metric: "CPUUtilization",
  dimensions: { ServiceName: "web" },
  statistic: "Average",
};
const other = { ...metric, metric: "MemoryUtilization" };
const average = { kind: "target-tracking", of: "average", target: 60, signals: [metric, other] };
const total = { kind: "target-tracking", of: "total", target: 1500, signals: [other] };
const queue = { kind: "queue", queue: "images", drainWithin: "5m", secondsPerMessage: 2, concurrencyPerUnit: 3 };
const schedule = {
  kind: "schedule",
  windows: [{ from: "2026-01-01T08:00:00Z", to: "2026-01-01T16:00:00Z", floor: 4 }],
};
const steps = {
  kind: "step",
  signals: [metric],
  steps: [
    { to: 20, change: { units: -1 } },
    { from: 80, to: 90, change: { percent: 10 } },
    { from: 90, change: { units: 4 } },
  ],
};

function fleetOf(policies: unknown[], changes: object = {}) {
  const resource = { kind: "ecs-service", cluster: "shop", service: "web" };
  const web = { resource, min: 2, max: 9, policies, wake: "alarm", ...changes };
  return parseConfig({ name: "shop", targets: { web } }, "the configuration");
}

const alarmOf = (...given: Parameters<typeof fleetOf>) => wakeAlarms(fleetOf(...given));

describe("the alarm that wakes a target", () => {
  it("is on the preferred metric, where target tracking would begin to raise", () => {
    const [alarm, ...more] = alarmOf([average]);
    expect(alarm).toMatchObject({ target: "web", name: "headroom/shop/web", signal: metric, comparison: "above" });
    expect(alarm?.threshold).toBeCloseTo(66);
    expect(more).toEqual([]);
  });

  it("is on the first policy whose metric says enough by itself", () => {
    expect(alarmOf([total, schedule, average, queue])).toMatchObject([{ signal: metric }]);
    const counted = { ...average, signals: [{ ...metric, counter: true }] };
    expect(alarmOf([counted, queue])).toMatchObject([{ signal: { namespace: "AWS/SQS" } }]);
  });

  it("is at the lowest step that adds, its lower end included", () => {
    expect(alarmOf([steps])).toMatchObject([{ signal: metric, comparison: "atOrAbove", threshold: 80 }]);
  });

  it.each([
    [{ secondsPerMessage: 2 }, 2, 900],
    [{ secondsPerMessage: { min: 1, max: 7 } }, 2, 257],
    [{ secondsPerMessage: 2 }, 0, 0],
  ])("is on a backlog above what the smallest capacity can drain in time (%j, %i units)", (given, min, threshold) => {
    expect(alarmOf([{ ...queue, ...given }], { min })).toMatchObject([
      {
        signal: { metric: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: "images" } },
        comparison: "above",
        threshold,
      },
    ]);
  });

  it.each([
    ["5s", 10],
    ["30s", 30],
    ["5m", 300],
  ])("has the period of its metric, where alarms have it (%s: %i s)", (given, period) => {
    expect(alarmOf([{ ...average, signals: [{ ...metric, period: given }] }])).toMatchObject([{ period }]);
  });

  it("is on latency, where an objective is about latency", () => {
    const objective = { kind: "objective", slo: 0.99, measure: { by: "latency", latency: metric, above: 0.4 } };
    expect(alarmOf([objective])).toMatchObject([{ signal: metric, comparison: "above", threshold: 0.4 }]);
  });

  it("is on the share of errors that burns the budget too fast, where an objective is about errors", () => {
    const objective = { kind: "objective", slo: 0.99, measure: { by: "errors", failed: metric, all: other } };
    const [alarm] = alarmOf([objective]);
    const { source, ...failed } = metric;
    const signal = { source: "math", expression: "failed / all", metrics: { failed, all: { metric: other.metric } } };
    expect(alarm).toMatchObject({ signal, comparison: "above", period: 60 });
    expect(alarm?.threshold).toBeCloseTo(0.06);
  });

  it("is none where the target asks for none", () => {
    expect(alarmOf([average], { wake: undefined })).toEqual([]);
  });

  it.each([
    [[total], {}, /targets\.web\.wake: no policy/],
    [[{ ...steps, steps: steps.steps.slice(0, 1) }], {}, /targets\.web\.wake: no policy/],
    [[average], { region: "eu-west-1" }, /targets\.web\.wake: .* account and Region/],
    [[average], { account: "123456789012" }, /targets\.web\.wake: .* account and Region/],
  ])("is refused with the place and the fix (%#)", (policies, changes, message) => {
    expect(() => alarmOf(policies, changes)).toThrow(Invalid);
    expect(() => alarmOf(policies, changes)).toThrow(message);
  });
});

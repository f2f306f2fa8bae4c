import { fleet as fleetSchema } from "@headroom/decisions/config/fleet";
import { expect, test } from "vitest";
import * as z from "zod";
import type { SqsEvent } from "./work-queue.ts";
import { createTwin, type TwinOptions } from "./world.ts";

const HOUR = 3600;
/** Monday 2026-01-05T12:00:00Z. */
const START = 1_767_614_400;

const signal = {
  source: "cloudwatch",
  namespace: "AWS/ECS",
  metric: "CPUUtilization",
  dimensions: { ClusterName: "main", ServiceName: "web" },
  statistic: "Average",
};
const web = {
  resource: { kind: "ecs-service", cluster: "main", service: "web" },
  min: 2,
  max: 20,
  policies: [{ kind: "target-tracking", of: "average", target: 60, signals: [signal] }],
  simulation: {
    workload: "service",
    perUnit: 50,
    startUp: "60s",
    initial: 4,
    traffic: { mean: 100, swing: 0, noise: 0 },
  },
};
const fleet = fleetSchema.parse({
  name: "shop",
  targets: {
    web: { ...web, wake: "alarm" },
    quiet: { ...web, resource: { ...web.resource, service: "quiet" } },
  },
});

const event = z.object({
  detail: z.object({ alarmName: z.string(), state: z.object({ value: z.string(), reasonData: z.string() }) }),
});

function create(changes: Partial<TwinOptions> = {}) {
  const twin = createTwin({
    fleet,
    seed: 1,
    start: START,
    deliveries: { duplicates: 0 },
    queues: { duplicates: 0 },
    ...changes,
  });
  const seen: { at: number; value: string; name: string; reason: unknown }[] = [];
  const alarmHandler = async ({ Records }: SqsEvent) => {
    for (const { body } of Records) {
      const { detail } = event.parse(JSON.parse(body));
      const { value, reasonData } = detail.state;
      seen.push({ at: twin.clock.now() - START, value, name: detail.alarmName, reason: JSON.parse(reasonData) });
    }
    return { batchItemFailures: [] };
  };
  const live = (seconds: number) => twin.deliveries.run({ for: seconds, handler: async () => undefined, alarmHandler });
  return { twin, seen, live };
}

test("a change of state arrives as an event, after the metric's lateness, an evaluation and the queue's window", async () => {
  const { twin, seen, live } = create();
  await live(HOUR);
  expect(seen.map(({ value }) => value)).toEqual(["OK"]);
  twin.account.write("web", 2);
  await live(HOUR);
  const [, alarm] = seen;
  expect(alarm).toMatchObject({ value: "ALARM", name: "headroom/twin/shop/web" });
  // The minute itself, one to two minutes of lateness, up to a minute until the evaluation, and five seconds.
  expect(alarm?.at).toBeGreaterThan(HOUR + 60 + 60 + 5);
  expect(alarm?.at).toBeLessThan(HOUR + 60 + 120 + 60 + 10);
  expect(alarm?.reason).toMatchObject({ period: 60, threshold: 60, evaluatedDatapoints: [{ value: 100 }] });
  expect(twin.alarms()).toEqual({ web: "ALARM" });
  expect(twin.meter.used().alarmMinutes).toBe(120);
  twin.account.write("web", 4);
  await live(HOUR);
  expect(seen.map(({ value }) => value)).toEqual(["OK", "ALARM", "OK"]);
});

test("an alarm on steps is on where they raise, and not where they lower", async () => {
  const steps = [
    { from: 5, to: 30, change: { percent: -10 } },
    { from: 80, change: { units: 1 } },
  ];
  const policies = [{ kind: "step", signals: [signal], steps }];
  const stepped = fleetSchema.parse({ name: "shop", targets: { web: { ...web, wake: "alarm", policies } } });
  const { twin, seen, live } = create({ fleet: stepped });
  await live(HOUR);
  expect(seen.map(({ value }) => value)).toEqual(["OK"]); // busy at 50 %
  twin.account.write("web", 2);
  await live(HOUR);
  expect(seen.map(({ value }) => value)).toEqual(["OK", "ALARM"]);
});

test("without datapoints an alarm has insufficient data", async () => {
  const { twin, seen, live } = create();
  await live(HOUR);
  twin.faults.loseMetrics({ from: START + HOUR, until: START + 2 * HOUR });
  await live(HOUR);
  expect(seen.map(({ value }) => value)).toEqual(["OK", "INSUFFICIENT_DATA"]);
});

test("events come at least once", async () => {
  const { seen, live } = create({ deliveries: { duplicates: 1 } });
  await live(HOUR);
  expect(seen.map(({ value }) => value)).toEqual(["OK", "OK"]);
});

test("who cannot work them off finds them among the dead letters, with their cause", async () => {
  const { twin } = create();
  const alarmHandler = async () => {
    throw new Error("broken");
  };
  await twin.deliveries.run({ for: HOUR, handler: async () => undefined, alarmHandler });
  expect(twin.deadLetters()).toMatchObject([
    { type: "CloudWatch Alarm State Change", cause: "received 4 times: Error: broken" },
  ]);
});

test("shards reach their handler, and what is buried is kept", async () => {
  const { twin } = create();
  const bodies: unknown[] = [];
  const shardHandler = async ({ Records }: SqsEvent) => bodies.push(...Records.map(({ body }) => JSON.parse(body)));
  const handler = () =>
    twin.world.queues.sendShards([
      { shard: "a#0", at: START },
      { shard: "a#1", at: START },
    ]);
  await twin.deliveries.run({ for: 30, handler, shardHandler });
  const at = "2026-01-05T12:00:00.000Z";
  expect(bodies).toEqual([
    { version: 1, shard: "a#0", at },
    { version: 1, shard: "a#1", at },
  ]);
  await twin.world.queues.bury([{ type: "x", body: "{}", cause: "Invalid: no" }]);
  expect(twin.deadLetters()).toMatchObject([{ type: "x", cause: "Invalid: no" }]);
});

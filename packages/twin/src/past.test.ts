import { cloudwatchSignal } from "@headroom/decisions/config/signals";
import { simulation } from "@headroom/decisions/config/simulation";
import { describe, expect, test } from "vitest";
import { createAccount } from "./account.ts";
import { createClock } from "./clock.ts";
import { createMeter } from "./meter.ts";
import type { Trace } from "./workloads/trace.ts";

const HOUR = 3600;
const DAY = 86_400;
/** Monday 2026-01-05T12:00:00Z. */
const START = 1_767_614_400;

const traffic = { mean: 40, bursts: { perDay: 6, factor: 3, lasts: "10m" } } as const;
const web = simulation.decode({ workload: "service", perUnit: 50, startUp: "60s", initial: 40, traffic });
const queue = { workload: "queue", queue: "orders", secondsPerMessage: 0.1, maxAge: "5m" } as const;
const orders = simulation.decode({ ...queue, startUp: "60s", initial: 20, traffic });

const requests = { namespace: "AWS/ApplicationELB", metric: "RequestCount", dimensions: { TargetGroup: "web" } };
const sent = { namespace: "AWS/SQS", metric: "NumberOfMessagesSent", dimensions: { QueueName: "orders" } };
const cpu = { namespace: "AWS/ECS", metric: "CPUUtilization", dimensions: { ClusterName: "c", ServiceName: "web" } };

function account(start: number, days: number, trace?: Trace) {
  const clock = createClock(start);
  const kept = (metric: typeof requests | typeof sent) => ({ metric, retention: days * DAY });
  const targets = [
    {
      ...{ id: "web", simulation: web, histories: [kept(requests)] },
      resource: { kind: "ecs-service" as const, cluster: "c", service: "web" },
    },
    {
      ...{ id: "orders", simulation: orders, histories: [kept(sent)] },
      resource: { kind: "auto-scaling-group" as const, group: "orders" },
    },
  ];
  const traces = trace === undefined ? undefined : new Map([["web", trace]]);
  return { clock, ...createAccount({ targets, clock, seed: 1, meter: createMeter(), traces }) };
}

/** By the minute, as CloudWatch would have them long after. */
function points({ metrics }: ReturnType<typeof account>, metric: object, since: number, now: number) {
  const answer = metrics.read(
    cloudwatchSignal.parse({ source: "cloudwatch", ...metric, statistic: "Sum" }),
    since,
    now,
  );
  return answer.is === "series" ? answer.points : [];
}

describe("the past of a run", () => {
  test("is what a run that began earlier lived through", () => {
    const earlier = account(START - 6 * HOUR, 1);
    earlier.clock.pass(6 * HOUR);
    earlier.observed();
    const later = account(START, 1);
    later.observed();
    const of = (one: ReturnType<typeof account>) => points(one, requests, START - 6 * HOUR, START + 600).slice(0, 360);
    expect(of(later)).toHaveLength(360);
    for (const [index, { at, value }] of of(earlier).entries()) {
      expect(of(later)[index]?.at).toBe(at);
      expect(of(later)[index]?.value).toBeCloseTo(Number(value), 6);
    }
  });

  test("goes as far back as forecasts learn, minute by minute, and joins the present", () => {
    const { clock, ...one } = account(START, 3);
    clock.pass(HOUR);
    one.observed();
    const there = points({ clock, ...one }, requests, START - 5 * DAY, clock.now());
    expect(there[0]?.at).toBe(START + HOUR - 3 * DAY);
    const gaps = there.filter(({ at }, index) => index > 0 && at - (there[index - 1]?.at ?? 0) !== 60);
    expect(gaps).toEqual([]);
    expect(there.at(-1)?.at).toBeGreaterThan(START + HOUR - 300);
  });

  test("has messages in whole numbers, about as many as the run has", () => {
    const one = account(START, 2);
    one.observed();
    const there = points(one, sent, START - DAY, START + 600);
    expect(there).toHaveLength(1440);
    expect(there.every(({ value }) => Number.isInteger(value))).toBe(true);
    const mean = there.reduce((sum, { value }) => sum + Number(value), 0) / there.length;
    expect(mean / 60).toBeGreaterThan(35);
    expect(mean / 60).toBeLessThan(55);
  });

  test("knows load, and nothing of units", () => {
    const one = account(START, 2);
    one.observed();
    expect(points(one, cpu, START - DAY, START + 600)).toEqual([]);
  });

  test("is not that of a trace, which says so", () => {
    const trace = { file: "web.csv", start: 0, interval: 60, values: [60, 120], gaps: [] };
    const one = account(START, 2, trace);
    one.observed();
    expect(points(one, requests, START - DAY, START + 600)).toEqual([]);
    expect(one.notices()).toContain("web: web.csv has no past: forecasts begin as it goes on");
  });

  test("is there again after a restart, until the restart and only once", () => {
    const first = account(START, 2);
    first.clock.pass(2 * HOUR);
    const snapshot: unknown = JSON.parse(JSON.stringify(first.snapshot()));
    const second = account(START, 2);
    second.observed();
    second.restore(snapshot, START + 2 * HOUR);
    second.clock.pass(2 * HOUR);
    second.observed();
    const there = points(second, requests, START - DAY, START + 3 * HOUR);
    expect(there).toHaveLength(1440 + 120);
    const before = points(first, requests, START - HOUR, START + 3 * HOUR);
    expect(there.slice(-180).map(({ at }) => at)).toEqual(before.map(({ at }) => at));
    for (const [index, { value }] of before.entries()) {
      expect(Number(there.slice(-180)[index]?.value)).toBeCloseTo(Number(value), 6);
    }
  });
});

import {
  type CloudwatchSignal,
  cloudwatchSignal,
  type MathSignal,
  mathSignal,
  signalKey,
} from "@headroom/decisions/config/signals";
import { simulation } from "@headroom/decisions/config/simulation";
import { Invalid, Throttled } from "@headroom/decisions/errors";
import { expect, test } from "vitest";
import { createAccount } from "./account.ts";
import { createClock } from "./clock.ts";
import { createMeter } from "./meter.ts";

/** Monday 2026-01-05T12:00:00Z. */
const START = 1_767_614_400;
const resource = { kind: "ecs-service", cluster: "main", service: "web" } as const;
const written = { workload: "service", perUnit: 50, startUp: "60s", initial: 4, push: { namespace: "Shop" } };

function account(burst = 50) {
  const clock = createClock(START);
  const meter = createMeter();
  const traffic = { mean: 100, swing: 0, noise: 0 };
  const targets = [{ id: "web", resource, simulation: simulation.parse({ ...written, traffic }) }];
  const throttles = { GetMetricData: { burst, refill: 1 }, "ecs reads": { burst: 2, refill: 1 } };
  return { clock, meter, ...createAccount({ targets, clock, seed: 1, meter, throttles }) };
}

function metric(name: string, period = "60s"): CloudwatchSignal {
  const dimensions = { Target: "web" };
  return cloudwatchSignal.parse({
    source: "cloudwatch",
    namespace: "Shop",
    metric: name,
    dimensions,
    statistic: "Sum",
    period,
  });
}

const many = (count: number) => Array.from({ length: count }, (_, index) => metric(`m${index}`));

test("one call takes 500 queries, and what is read is split into as many calls as it takes", () => {
  const seen = account();
  expect(() => seen.signals.metricData(many(501), START)).toThrow(Invalid);
  expect(seen.signals.metricData(many(500), START)).toHaveLength(500);
  const answers = seen.signals.read(many(1201), START);
  expect(answers.size).toBe(1201);
  expect(seen.meter.used()).toMatchObject({ metricDataCalls: 4, metricsRead: 1701 });
});

test("a call too many is throttled: its metrics fail, those of other calls do not", () => {
  const seen = account(1);
  const answers = [...seen.signals.read(many(600), START).values()];
  expect(answers.map(({ is }) => is)).toEqual([...Array(500).fill("series"), ...Array(100).fill("failed")]);
  expect(() => seen.signals.metricData(many(1), START)).toThrow(Throttled);
});

test("capacities beyond what may be described at a time fail for themselves", () => {
  const seen = account();
  const services = Array.from({ length: 25 }, (_, index) => ({
    id: `t${index}`,
    resource: { ...resource, service: `s${index}` },
  }));
  const whys = [...seen.capacities.read(services).values()].map((answer) => answer.is === "failed" && answer.why);
  expect(whys[19]).toBe("there is no ECS service main/s19");
  expect(whys[20]).toBe("ThrottlingException: Rate exceeded");
});

test("what an application pushes every ten seconds can be read seconds later, in periods of ten seconds", async () => {
  const seen = account();
  await seen.clock.advanceTo(START + 64);
  const ten = metric("Requests", "10s");
  const answer = seen.signals.read([ten], START).get(signalKey(ten));
  expect(answer).toEqual({
    is: "series",
    period: 10,
    points: [0, 10, 20, 30, 40, 50].map((at) => ({ at: START + at, value: 1000 })),
  });
  const minute = metric("Requests");
  expect(seen.signals.read([minute], START).get(signalKey(minute))).toMatchObject({ points: [{ value: 6000 }] });
  const busy = { ...metric("Utilisation", "10s"), statistic: "Average" } as const;
  expect(seen.signals.read([busy], START + 50).get(signalKey(busy))).toMatchObject({ points: [{ value: 0.5 }] });
});

/** Requests a second and unit, or what else the expression makes of these two. */
function math(expression: string, changes: Partial<MathSignal> = {}): MathSignal {
  const each = { namespace: "Shop", dimensions: { Target: "web" } };
  const metrics = {
    requests: { ...each, metric: "Requests", statistic: "Sum" },
    busy: { ...each, metric: "Utilisation", statistic: "Average" },
  };
  return { ...mathSignal.parse({ source: "math", expression, metrics }), ...changes };
}

test("metric math is evaluated over what can be read", async () => {
  const seen = account();
  await seen.clock.advanceTo(START + 190);
  const each = math("requests / PERIOD(requests) / busy");
  expect(seen.signals.read([each], START).get(signalKey(each))).toEqual({
    is: "series",
    period: 60,
    points: [0, 60, 120, 180].slice(0, 3).map((at) => ({ at: START + at, value: 200 })),
  });
  const filled = math("FILL(requests, 1) + 0 * FILL(busy, 0)", { period: 10 });
  const answer = seen.signals.read([filled], START + 165).get(signalKey(filled));
  expect(answer).toMatchObject({
    period: 10,
    points: [
      { at: START + 170, value: 1000 },
      { at: START + 180, value: 1 },
      { at: START + 190, value: 1 },
    ],
  });
});

test("an expression that CloudWatch cannot read fails alone", () => {
  const seen = account();
  const [good, bad] = [math("requests + busy"), math("requests + + + (busy")];
  const answers = seen.signals.read([good, bad], START);
  expect(answers.get(signalKey(good))).toMatchObject({ is: "series" });
  expect(answers.get(signalKey(bad))).toEqual({
    is: "failed",
    why: expect.stringContaining("metric math cannot read"),
  });
});

test("an expression is a query beside its metrics, and costs nothing itself", () => {
  const seen = account();
  const signals = Array.from({ length: 167 }, (_, index) => math(`requests + busy + ${index}`));
  expect(() => seen.signals.metricData(signals, START)).toThrow("501 queries are more than the 500");
  expect(seen.signals.read(signals, START).size).toBe(167);
  expect(seen.meter.used()).toMatchObject({ metricDataCalls: 2, metricsRead: 334 });
});

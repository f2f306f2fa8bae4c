import { cloudwatchSignal, type Signal, signalKey } from "@headroom/decisions/config/signals";
import { type Simulation, simulation } from "@headroom/decisions/config/simulation";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import { describe, expect, test } from "vitest";
import { createAccount } from "./account.ts";
import { createClock } from "./clock.ts";
import { createMeter } from "./meter.ts";
import type { Trace } from "./workloads/trace.ts";

const HOUR = 3600;
/** Monday 2026-01-05T12:00:00Z. */
const START = 1_767_614_400;
const bursts = { perDay: 20, factor: 3, lasts: "5m" } as const;

const web: Simulation = simulation.decode({
  workload: "service",
  perUnit: 50,
  startUp: "60s",
  initial: 4,
  traffic: { mean: 100, bursts },
});
const orders: Simulation = simulation.decode({
  workload: "queue",
  queue: "orders",
  secondsPerMessage: 1.5,
  maxAge: "5m",
  startUp: "60s",
  initial: 8,
  traffic: { mean: 4, bursts },
});

const ecs = { kind: "ecs-service", cluster: "main", service: "web" } as const;
const asg = { kind: "auto-scaling-group", group: "workers" } as const;
const lambda = { kind: "lambda-provisioned-concurrency", function: "api", alias: "live" } as const;
const targets = [
  { id: "web", resource: ecs, simulation: web },
  { id: "workers", resource: asg, simulation: orders },
  { id: "api", resource: lambda, simulation: web },
];

function account(seed = 1, traces?: Map<string, Trace>) {
  const clock = createClock(START);
  const meter = createMeter();
  return { clock, meter, ...createAccount({ targets, clock, seed, meter, traces }) };
}

function metric(namespace: string, name: string, dimensions: Record<string, string>, statistic = "Sum") {
  const written = { source: "cloudwatch", namespace, metric: name, dimensions, statistic };
  return cloudwatchSignal.parse(written);
}

async function readAfter(seconds: number, signal: Signal, seen = account()) {
  await seen.clock.advanceTo(START + seconds);
  const answer = seen.signals.read([signal], START).get(signalKey(signal));
  return answer?.is === "series" ? answer.points : [];
}

describe("capacities", () => {
  test("are what they are at once, and reach what they were set to after start-up", async () => {
    const seen = account();
    expect(seen.capacities.read(targets).get("web")).toEqual({
      is: "capacity",
      at: START,
      desired: 4,
      running: 4,
      ready: 4,
      minimum: 0,
      maximum: 5000,
      deploying: false,
    });
    seen.capacities.set({ id: "web", resource: ecs }, 7);
    expect(seen.capacities.read(targets).get("web")).toMatchObject({ desired: 7, running: 7, ready: 4 });
    await seen.clock.advanceTo(START + 60);
    expect(seen.capacities.read(targets).get("web")).toMatchObject({ desired: 7, running: 7, ready: 7 });
  });

  test("setting what is set already does not start anything over", async () => {
    const seen = account();
    seen.capacities.set({ id: "web", resource: ecs }, 7);
    await seen.clock.advanceTo(START + 30);
    seen.capacities.set({ id: "web", resource: ecs }, 7);
    await seen.clock.advanceTo(START + 60);
    expect(seen.capacities.read(targets).get("web")).toMatchObject({ ready: 7 });
  });

  test("of what does not exist fail by themselves, and cannot be set", () => {
    const seen = account();
    const missing = { id: "gone", resource: { ...ecs, service: "gone" } };
    const answers = seen.capacities.read([missing, { id: "web", resource: ecs }]);
    expect(answers.get("gone")).toEqual({ is: "failed", why: "there is no ECS service main/gone" });
    expect(answers.get("web")).toMatchObject({ is: "capacity" });
    expect(() => seen.capacities.set(missing, 3)).toThrow(NotFound);
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("%d is no capacity", (capacity) => {
    expect(() => account().capacities.set({ id: "web", resource: ecs }, capacity)).toThrow(Invalid);
  });
});

describe("what is published", () => {
  const group = { TargetGroup: "web" };
  const code = { FunctionName: "api", Resource: "api:live" };
  test.each([
    metric("AWS/ECS", "CPUUtilization", { ClusterName: "main", ServiceName: "web" }),
    metric("AWS/ApplicationELB", "RequestCount", group),
    metric("AWS/ApplicationELB", "RequestCountPerTarget", group),
    metric("AWS/ApplicationELB", "TargetResponseTime", group),
    metric("AWS/EC2", "CPUUtilization", { AutoScalingGroupName: "workers" }),
    metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: "orders" }),
    metric("AWS/SQS", "ApproximateNumberOfMessagesNotVisible", { QueueName: "orders" }),
    metric("AWS/SQS", "ApproximateNumberOfMessagesDelayed", { QueueName: "orders" }),
    metric("AWS/SQS", "ApproximateAgeOfOldestMessage", { QueueName: "orders" }),
    metric("AWS/SQS", "NumberOfMessagesSent", { QueueName: "orders" }),
    metric("AWS/SQS", "NumberOfMessagesDeleted", { QueueName: "orders" }),
    metric("AWS/Lambda", "Invocations", code),
    metric("AWS/Lambda", "Errors", code),
    metric("AWS/Lambda", "Duration", code),
    metric("AWS/Lambda", "ConcurrentExecutions", code),
    metric("AWS/Lambda", "ProvisionedConcurrencyUtilization", code),
  ])("$namespace $metric: every minute, finite", async (signal) => {
    const points = await readAfter(1200, signal);
    expect(points.map(({ at }) => at - START)).toEqual(
      Array.from({ length: points.length }, (_, minute) => minute * 60),
    );
    expect(points.length).toBeGreaterThanOrEqual(18);
    for (const { value } of points) expect(value).toSatisfy((each) => Number.isFinite(each) && Number(each) >= 0);
  });

  test("CPU is in per cent of the units that were ready, each of which sends a sample", async () => {
    const [point] = await readAfter(
      600,
      metric("AWS/ECS", "CPUUtilization", { ClusterName: "main", ServiceName: "web" }, "Average"),
    );
    expect(point?.value).toBeGreaterThan(20);
    expect(point?.value).toBeLessThanOrEqual(100);
    expect(point?.units).toBe(4);
  });

  test("error counts have no datapoint while there are none, and one as soon as there are", async () => {
    const seen = account();
    const errors = metric("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", group);
    expect(await readAfter(600, errors, seen)).toEqual([]);
    seen.capacities.set({ id: "web", resource: ecs }, 0);
    const points = await readAfter(1200, errors, seen);
    expect(points[0]?.at).toBe(START + 600);
    expect(points[0]?.value).toBeGreaterThan(1000);
    expect(await readAfter(1200, metric("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", group), seen)).toEqual([]);
  });

  test("without units the load balancer counts no requests, and there is no CPU", async () => {
    const seen = account();
    seen.capacities.set({ id: "web", resource: ecs }, 0);
    expect(await readAfter(600, metric("AWS/ApplicationELB", "RequestCount", group), seen)).toEqual([]);
    expect(
      await readAfter(600, metric("AWS/ECS", "CPUUtilization", { ClusterName: "main", ServiceName: "web" }), seen),
    ).toEqual([]);
  });
});

describe("Lambda", () => {
  const code = { FunctionName: "api", Resource: "api:live" };

  test("gives durations in milliseconds", async () => {
    const [point] = await readAfter(600, metric("AWS/Lambda", "Duration", code, "Average"));
    expect(point?.value).toBeCloseTo(100, 6);
  });

  test("reports nothing of a function that nobody calls", async () => {
    const silence = { file: "none.csv", start: 0, interval: 600, values: [0, 0], gaps: [] };
    const seen = account(1, new Map([["api", silence]]));
    for (const name of ["Invocations", "Errors", "ProvisionedConcurrencyUtilization"]) {
      expect(await readAfter(600, metric("AWS/Lambda", name, code), seen)).toEqual([]);
    }
  });
});

test("only whole seconds that are over are lived", async () => {
  const seen = account();
  await seen.clock.advanceTo(START + 100.9);
  expect(seen.observed().get("web")?.seconds).toBe(100);
});

describe("queues", () => {
  test("are read as they are now, and what is counted adds up", async () => {
    const seen = account();
    seen.capacities.set({ id: "workers", resource: asg }, 0);
    await seen.clock.advanceTo(START + 100.5);
    const answer = seen.signals.read([{ source: "queue", queue: "orders", maxAge: 60 }], 0).get("queue orders");
    const sent = seen.counts().get("workers")?.sent;
    expect(answer).toMatchObject({ is: "queue", at: START + 100.5, visible: sent, inFlight: 0, delayed: 0 });
    expect(sent).toBeGreaterThan(200);
  });

  test("that do not exist fail by themselves", () => {
    const answers = account().signals.read([{ source: "queue", queue: "none", maxAge: 60 }], 0);
    expect(answers.get("queue none")).toEqual({ is: "failed", why: "there is no queue none" });
  });
});

test("what is read is metered: a metric each, however often it is asked for at a time", () => {
  const seen = account();
  const requests = metric("AWS/ApplicationELB", "RequestCount", { TargetGroup: "web" });
  seen.signals.read([requests, { ...requests }, { source: "queue", queue: "orders", maxAge: 60 }], START);
  seen.capacities.read(targets);
  expect(seen.meter.used()).toMatchObject({ metricsRead: 1, sqsRequests: 1, capacityReads: 3 });
});

/** The same changes of capacity, with or without somebody who looks all the time. */
async function lived(seen: ReturnType<typeof account>, every: number) {
  for (const [hour, capacity] of [6, 2, 9].entries()) {
    for (let second = every; second <= HOUR; second += every) {
      await seen.clock.advanceTo(START + hour * HOUR + second);
      seen.capacities.read(targets);
      seen.signals.read([{ source: "queue", queue: "orders", maxAge: 60 }], 0);
    }
    for (const { id, resource } of targets) seen.capacities.set({ id, resource }, capacity);
  }
  const requests = metric("AWS/ApplicationELB", "TargetResponseTime", { TargetGroup: "web" }, "p99");
  return { state: seen.snapshot(), metrics: [...seen.signals.read([requests], START)] };
}

test("who looks, and how often, changes nothing", async () => {
  expect(await lived(account(), 10)).toEqual(await lived(account(), HOUR));
});

test("the same seed lives the same life, another one another", async () => {
  const life = await lived(account(1), HOUR);
  expect(await lived(account(1), HOUR)).toEqual(life);
  expect((await lived(account(2), HOUR)).state).not.toEqual(life.state);
});

test("goes on from a snapshot as if nothing had happened", async () => {
  const first = account();
  await lived(first, HOUR);
  const second = account();
  second.clock.pass(2 * HOUR);
  second.restore(JSON.parse(JSON.stringify(first.snapshot())));
  for (const each of [first, second]) await each.clock.advanceTo(START + 5 * HOUR);
  expect(second.snapshot()).toEqual(first.snapshot());
  expect([...second.observed()]).toEqual([...first.observed()]);
});

test("a trace goes on where the snapshot left it, whenever the twin is started again", async () => {
  const traces = new Map([["workers", { file: "a.csv", start: 0, interval: 1800, values: [100, 900], gaps: [] }]]);
  const first = account(1, traces);
  await first.clock.advanceTo(START + 600);
  const clock = createClock(START + 700);
  const second = createAccount({ targets, clock, seed: 1, meter: createMeter(), traces });
  second.restore(first.snapshot());
  await clock.advanceTo(START + 1800);
  expect(second.counts().get("workers")?.sent).toBe(100);
});

test("plays a trace from the start of the run, keeps its totals and says what it did to it", async () => {
  const trace = {
    file: "sales.csv",
    start: 0,
    interval: 600,
    values: [30, 0, 600],
    gaps: [{ from: 0, to: 600, intervals: 1 }],
  };
  const seen = account(1, new Map([["workers", trace]]));
  await seen.clock.advanceTo(START + 1800);
  expect(seen.counts().get("workers")?.sent).toBe(630);
  expect(seen.notices()).toEqual(["workers: sales.csv leaves out 1 interval in 1 gap: filled in"]);
  await seen.clock.advanceTo(START + 2400);
  expect(seen.counts().get("workers")?.sent).toBe(660);
  expect(seen.notices()).toHaveLength(2);
});

test("two targets cannot be the same resource or work on the same queue", () => {
  const clock = createClock(START);
  const create = (changes: object) => () =>
    createAccount({
      targets: [...targets, { id: "twin", resource: ecs, simulation: web, ...changes }],
      clock,
      seed: 1,
      meter: createMeter(),
    });
  expect(create({})).toThrow("targets web and twin simulate the same ECS service main/web: keep one");
  const resource = { ...ecs, service: "other" };
  expect(create({ resource, simulation: orders })).toThrow(
    "targets workers and twin simulate the same queue orders: keep one",
  );
});

import type { Resource } from "@headroom/decisions/config/resources";
import { cloudwatchSignal, signalKey } from "@headroom/decisions/config/signals";
import { simulation } from "@headroom/decisions/config/simulation";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import { describe, expect, test } from "vitest";
import { createAccount } from "./account.ts";
import { createClock } from "./clock.ts";
import { createMeter } from "./meter.ts";

const HOUR = 3600;
/** Monday 2026-01-05T12:00:00Z. */
const START = 1_767_614_400;
const ecs = { kind: "ecs-service", cluster: "main", service: "web" } as const;
const asg = { kind: "auto-scaling-group", group: "web" } as const;
const mapping = { kind: "event-source-concurrency", function: "worker", mapping: "orders" } as const;
const steady = { mean: 100, swing: 0, noise: 0 };
const bounds = { minimum: 2, maximum: 20 };
const plain = { workload: "service", perUnit: 50, startUp: "60s", initial: 4, traffic: steady };
const worked = {
  workload: "queue",
  queue: "orders",
  secondsPerMessage: 2,
  maxAge: "5m",
  startUp: "60s",
  initial: 100,
  traffic: steady,
};
const name = { id: "web" };

function account(resource: Resource, written: object, foreignWritesPerDay = 0) {
  const clock = createClock(START);
  const targets = [{ id: "web", resource, bounds, simulation: simulation.parse(written) }];
  const made = createAccount({ targets, clock, seed: 1, meter: createMeter(), foreignWritesPerDay });
  const target = { ...name, resource };
  const capacity = () => made.capacities.read([target]).get("web");
  return { clock, target, capacity, after: (seconds: number) => clock.advanceTo(START + seconds), ...made };
}

describe("a minimum of its own", () => {
  test("is answered, raises what is below it, and falls back by itself though nobody calls again", async () => {
    const seen = account(ecs, plain);
    seen.capacities.setMinimum(seen.target, 7, { to: 2, at: START + HOUR });
    expect(seen.capacity()).toMatchObject({ desired: 7, minimum: 7, maximum: 20 });
    await seen.after(HOUR - 1);
    expect(seen.capacity()).toMatchObject({ minimum: 7 });
    await seen.after(2 * HOUR);
    expect(seen.capacity()).toMatchObject({ desired: 7, minimum: 2 });
  });

  test("a later call replaces the earlier fallback, also across a snapshot", async () => {
    const seen = account(ecs, plain);
    seen.capacities.setMinimum(seen.target, 7, { to: 2, at: START + HOUR });
    seen.capacities.setMinimum(seen.target, 8, { to: 3, at: START + 2 * HOUR });
    const other = account(ecs, plain);
    other.restore(JSON.parse(JSON.stringify(seen.snapshot())));
    for (const each of [seen, other]) {
      await each.after(1.5 * HOUR);
      expect(each.capacity()).toMatchObject({ minimum: 8 });
      await each.after(3 * HOUR);
      expect(each.capacity()).toMatchObject({ minimum: 3 });
    }
  });

  test.each([
    { what: "above the maximum", resource: ecs, minimum: 21 },
    { what: "negative", resource: ecs, minimum: -1 },
    { what: "of a kind without one", resource: mapping, minimum: 5 },
  ])("$what is invalid", ({ resource, minimum }) => {
    const seen = account(resource, worked);
    expect(() => seen.capacities.setMinimum(seen.target, minimum, { to: 2, at: START })).toThrow(Invalid);
  });

  test("of what does not exist is not found", () => {
    const missing = { id: "gone", resource: { ...ecs, service: "gone" } };
    const set = () => account(ecs, plain).capacities.setMinimum(missing, 3, { to: 2, at: START });
    expect(set).toThrow(NotFound);
  });
});

test.each([
  { resource: asg, capacity: 1, refused: true },
  { resource: asg, capacity: 21, refused: true },
  { resource: ecs, capacity: 21, refused: false },
  { resource: mapping, capacity: 1, refused: true },
  { resource: mapping, capacity: 1001, refused: true },
  { resource: mapping, capacity: 1000, refused: false },
])("a capacity of $capacity for $resource.kind: refused $refused", ({ resource, capacity, refused }) => {
  const seen = account(resource, worked);
  const set = () => seen.capacities.set(seen.target, capacity);
  if (refused) expect(set).toThrow(Invalid);
  else expect(set).not.toThrow();
});

describe("native target tracking", () => {
  const native = { target: 0.5 };
  const backstop = { target: 0.5, scaleIn: false };

  test("is a rival that may lower, unless it only raises", () => {
    expect(account(ecs, { ...plain, native }).capacity()).toMatchObject({ rivals: ["native target tracking"] });
    expect(account(ecs, { ...plain, native: backstop }).capacity()).toMatchObject({ rivals: [] });
    expect(account(ecs, plain).capacity()).not.toHaveProperty("rivals");
  });

  test("that only raises never lowers", async () => {
    const seen = account(ecs, { ...plain, native: backstop, initial: 10 });
    await seen.after(HOUR);
    expect(seen.capacity()).toMatchObject({ desired: 10 });
  });

  test("raises to what the load needs, within the resource's own bounds, and lowers after a quarter of an hour", async () => {
    const seen = account(ecs, { ...plain, native, initial: 2, traffic: { ...steady, mean: 200 } });
    await seen.after(15 * 60);
    // 8 for the load, and at first one more for the backlog of when there were too few.
    expect(seen.capacity()).toMatchObject({ desired: 9 });
    const idle = account(ecs, { ...plain, native, initial: 10, traffic: { ...steady, mean: 100 } });
    await idle.after(15 * 60);
    expect(idle.capacity()).toMatchObject({ desired: 10 });
    await idle.after(22 * 60);
    expect(idle.capacity()).toMatchObject({ desired: 4 });
  });

  test("never goes below a raised minimum", async () => {
    const seen = account(ecs, { ...plain, native, initial: 10 });
    seen.capacities.setMinimum(seen.target, 9, { to: 2, at: START + 10 * HOUR });
    await seen.after(2 * HOUR);
    expect(seen.capacity()).toMatchObject({ desired: 9 });
  });

  test("holds without datapoints", async () => {
    const seen = account(ecs, { ...plain, native, initial: 10 });
    seen.metrics.lose({ from: START, until: START + 10 * HOUR });
    await seen.after(2 * HOUR);
    expect(seen.capacity()).toMatchObject({ desired: 10 });
  });
});

describe("a Lambda event source", () => {
  test("begins with five, and polls 300 a minute more while there are messages, up to its maximum concurrency", async () => {
    const seen = account(mapping, { ...worked, traffic: { ...steady, mean: 400 } });
    expect(seen.capacity()).toMatchObject({ desired: 100, ready: 5, minimum: 2, maximum: 1000 });
    await seen.after(11);
    expect(seen.capacity()).toMatchObject({ desired: 100, ready: 60 });
    await seen.after(60);
    expect(seen.capacity()).toMatchObject({ ready: 100 });
    seen.capacities.set(seen.target, 40);
    expect(seen.capacity()).toMatchObject({ desired: 40, ready: 40 });
  });

  test("comes down to two when there is nothing to do", async () => {
    const silent = { file: "none.csv", start: 0, interval: 600, values: [100_000, 0, 0, 0, 0, 0], gaps: [] };
    const clock = createClock(START);
    const targets = [{ id: "web", resource: mapping, simulation: simulation.parse({ ...worked }) }];
    const traces = new Map([["web", silent]]);
    const { capacities } = createAccount({ targets, clock, seed: 1, meter: createMeter(), traces });
    await clock.advanceTo(START + 600);
    expect(capacities.read(targets).get("web")).toMatchObject({ ready: 100 });
    await clock.advanceTo(START + 1900);
    expect(capacities.read(targets).get("web")).toMatchObject({ desired: 100, ready: 100 });
    await clock.advanceTo(START + 3590);
    expect(capacities.read(targets).get("web")).toMatchObject({ desired: 100, ready: 2 });
  });
});

describe("a deployment", () => {
  const cpu = cloudwatchSignal.parse({
    source: "cloudwatch",
    namespace: "AWS/ECS",
    metric: "CPUUtilization",
    dimensions: { ClusterName: "main", ServiceName: "web" },
    statistic: "Average",
  });

  test("runs old and new units side by side, and says so, until its time is over", async () => {
    const seen = account(ecs, plain);
    seen.deploy("web", { lasts: 300 });
    expect(seen.capacity()).toMatchObject({ desired: 4, running: 8, ready: 4, deploying: true });
    await seen.after(299);
    expect(seen.capacity()).toMatchObject({ running: 8, ready: 8, deploying: true });
    await seen.after(301);
    expect(seen.capacity()).toMatchObject({ desired: 4, running: 4, ready: 4, deploying: false });
  });

  test("puts the CPU of units that boot into the average", async () => {
    const seen = account(ecs, plain);
    seen.deploy("web", { lasts: 300 });
    await seen.after(HOUR);
    const answer = seen.signals.read([cpu], START).get(signalKey(cpu));
    const [booting, over] = answer?.is === "series" ? answer.points : [];
    expect(booting).toEqual({ at: START, value: (4 * 50 + 4 * 95) / 8, units: 8 });
    expect(over).toMatchObject({ value: 25, units: 8 });
  });

  test("follows a change of the desired capacity", async () => {
    const seen = account(ecs, plain);
    seen.deploy("web", { lasts: 300 });
    seen.capacities.set(seen.target, 6);
    expect(seen.capacity()).toMatchObject({ running: 10 });
    await seen.after(400);
    expect(seen.capacity()).toMatchObject({ running: 6, ready: 6, deploying: false });
  });

  test("does not end while its units do not come up, and old ones stay", async () => {
    const seen = account(ecs, plain);
    seen.trouble("web", { how: "neverReady", from: START, until: START + HOUR });
    seen.deploy("web", { lasts: 300 });
    await seen.after(HOUR - 1);
    expect(seen.capacity()).toMatchObject({ running: 8, ready: 4, deploying: true });
    await seen.after(HOUR + 120);
    expect(seen.capacity()).toMatchObject({ running: 4, ready: 4, deploying: false });
  });

  test("comes by chance, as often as is said, whenever anybody looks", async () => {
    const often = { ...plain, deployments: { perDay: 24, lasts: "120s" } };
    const deployed = async (every: number) => {
      const seen = account(ecs, often);
      for (let at = every; at <= 12 * HOUR; at += every) {
        await seen.after(at);
        seen.capacity();
      }
      return { state: seen.snapshot(), seconds: seen.observed().get("web")?.unitSeconds };
    };
    const seldom = await deployed(12 * HOUR);
    expect(seldom.seconds).toBeGreaterThan(4 * 12 * HOUR + 5 * 4 * 120);
    expect(await deployed(60)).toEqual(seldom);
  });
});

test("units in a crash loop come up, die and begin again", async () => {
  const seen = account(ecs, plain);
  seen.trouble("web", { how: "crashLoop", from: START, until: START + 600, lives: 30 });
  seen.capacities.set(seen.target, 6);
  const ready: number[] = [];
  for (const at of [59, 61, 91, 151, 900]) {
    await seen.after(at);
    const answer = seen.capacity();
    if (answer?.is === "capacity") ready.push(answer.ready, answer.running);
  }
  expect(ready).toEqual([4, 6, 6, 6, 4, 6, 6, 6, 6, 6]);
});

test("a warm pool starts as many in a quarter of the time, once", async () => {
  const seen = account(asg, { ...plain, warmPool: 3 });
  seen.capacities.set(seen.target, 9);
  await seen.after(15);
  expect(seen.capacity()).toMatchObject({ desired: 9, ready: 7 });
  await seen.after(60);
  expect(seen.capacity()).toMatchObject({ ready: 9 });
  seen.capacities.set(seen.target, 12);
  await seen.after(75);
  expect(seen.capacity()).toMatchObject({ ready: 12 });
});

describe("somebody else", () => {
  test("sets a capacity when told to", () => {
    const seen = account(ecs, plain);
    seen.write("web", 9);
    expect(seen.capacity()).toMatchObject({ desired: 9 });
    expect(() => seen.write("gone", 9)).toThrow(NotFound);
  });

  test("sets it by chance, within the bounds, the same for the same seed", async () => {
    const written = async () => {
      const seen = account(ecs, plain, 48);
      const desired: number[] = [];
      for (let at = 600; at <= 12 * HOUR; at += 600) {
        await seen.after(at);
        const answer = seen.capacity();
        if (answer?.is === "capacity") desired.push(answer.desired);
      }
      return desired;
    };
    const found = await written();
    expect(new Set(found).size).toBeGreaterThan(3);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...found)).toBeLessThanOrEqual(20);
    expect(await written()).toEqual(found);
  });
});

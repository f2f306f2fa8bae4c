import { targetSettings } from "@headroom/decisions/config/settings";
import { decide } from "@headroom/decisions/decide";
import type { SignalAnswer } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import {
  capacity,
  draining,
  input,
  keyOf,
  look,
  MINUTE,
  metric,
  NOON,
  remembered,
  series,
  settings,
  tracking,
} from "../../builders/decisions.ts";
import { codes, drive, told } from "../drive.ts";

const SENT = "AWS/SQS NumberOfMessagesSent {QueueName=jobs} Sum 60s";

// The numbers are those of the tricky cases that the design names.

describe("case 1: hold, never in", () => {
  const falling = settings({ min: 1, max: 20, fallback: { after: "10m", capacity: 12 } });

  it.each<{ what: string; answers: Record<string, SignalAnswer>; code: string }>([
    { what: "no datapoints", answers: { [keyOf("load")]: series([]) }, code: "noData" },
    { what: "an error", answers: { [keyOf("load")]: { is: "failed", why: "500" } }, code: "failed" },
    { what: "no answer", answers: {}, code: "noData" },
  ])("8 stay through $what, and after the wait the fallback runs", ({ answers, code }) => {
    const target = drive(falling, { desired: 8 });
    expect(target.ticks(10, { answers })).toEqual(Array(10).fill(8));
    const record = target.tick({ answers });
    expect(codes(record)).toEqual([code, "fallback"]);
    expect(target.desired).toBe(12);
    expect(told(record)).toEqual(["running-blind"]);
  });

  it("the fallback never lowers", () => {
    const target = drive(falling, { desired: 15 });
    expect(target.ticks(20)).toEqual(Array(20).fill(15));
  });

  it("0 become the fallback of 2", () => {
    const idle = settings({ min: 0, fallback: { after: "3m", capacity: 2 } });
    expect(drive(idle, { desired: 0 }).ticks(5)).toEqual([0, 0, 0, 2, 2]);
  });

  it("what is seen in between starts the wait anew, and what is seen again is followed", () => {
    const target = drive(falling, { desired: 8 });
    target.ticks(9);
    target.tick({ metrics: { load: 80 } });
    expect(target.ticks(9)).toEqual(Array(9).fill(8));
    expect(target.ticks(1)).toEqual([12]);
    expect(target.ticks(1, { metrics: { load: 60 } })).toEqual([6]);
  });
});

describe("case 3: saturate, don't wrap", () => {
  const deep = settings({ max: 100, policies: [tracking({ target: 0.1 })] });

  it("a backlog of 3 billion at a target of 0.1 asks for the maximum", () => {
    const target = drive(deep);
    expect(target.ticks(3, { metrics: { load: 3e9 } })).toEqual([100, 100, 100]);
  });

  it("so does the largest number there is, on a queue too", () => {
    const queue = settings({ max: 100, policies: [draining()] });
    expect(drive(deep).ticks(1, { metrics: { load: Number.MAX_VALUE } })).toEqual([100]);
    expect(drive(queue).ticks(1, { queue: { visible: Number.MAX_VALUE } })).toEqual([100]);
  });

  it.each(["NaN", "Infinity", "-Infinity", -1] as const)("%s holds", (value) => {
    const answers = { [keyOf("load")]: series([[NOON - MINUTE, value]]) };
    expect(drive(deep).ticks(1, { answers })).toEqual([10]);
  });

  it("a target of 0 is refused", () => {
    const given = { resource: { kind: "ecs-service", cluster: "a", service: "b" }, min: 1, max: 2 };
    const of = (target: number) => ({ ...given, policies: [tracking({ target })] });
    expect(targetSettings.safeParse(of(1)).success).toBe(true);
    expect(targetSettings.safeParse(of(0)).success).toBe(false);
  });
});

describe("case 6: only settled data", () => {
  it("a minute that is not over is ignored: at 12:03:10 it holds 40 % of its samples", () => {
    const answers = {
      [keyOf("load")]: series([
        [NOON + 2 * MINUTE, 100],
        [NOON + 3 * MINUTE, 40],
      ]),
    };
    expect(drive(settings(), { at: NOON + 190 }).ticks(1, { answers })).toEqual([10]);
  });

  it("a counter that goes from 1,000,000 to 120 began anew: at least 120, and nothing is lowered by it", () => {
    const counting = settings({ policies: [tracking({ signals: [metric("sent", { counter: true })] })] });
    const answers = {
      [keyOf("sent")]: series([
        [NOON - 2 * MINUTE, 1_000_000],
        [NOON - MINUTE, 120],
      ]),
    };
    expect(drive(counting).ticks(1, { answers })).toEqual([12]);
    const target = drive(counting, { desired: 20 });
    expect(codes(target.tick({ answers }))).toEqual(["counterReset"]);
    expect(target.desired).toBe(20);
  });

  it("a queue that was silent for hours is read at its source, not from metrics that come 15 minutes late", () => {
    const queue = settings({ min: 0, policies: [draining()] });
    const silent = { [SENT]: series([]) };
    expect(drive(queue, { desired: 0 }).ticks(1, { queue: { visible: 500 }, answers: silent })).toEqual([1]);
  });

  it("depths of 0, 40 and 0 within a minute lower nothing yet", () => {
    const queue = settings({ min: 0, policies: [draining({ drainWithin: "10s" })], stabilisation: { in: "5m" } });
    const idle = { [SENT]: series([[NOON - MINUTE, 0]]) };
    const target = drive(queue, { desired: 4, tick: 10 });
    target.ticks(30, { queue: { visible: 40 }, answers: idle });
    for (const visible of [0, 40, 0]) expect(target.ticks(1, { queue: { visible }, answers: idle })).toEqual([4]);
  });
});

describe("case 11: the clock of a metric's source is a minute off", () => {
  const answer = (at: number, now: number) =>
    decide(input({ now, answers: { [keyOf("load")]: series([[at, 150]]) } })).decision;

  it("a datapoint from the future is not used", () => {
    expect(answer(NOON + MINUTE, NOON)).toMatchObject({ is: "hold", reasons: [{ code: "notYet" }] });
  });

  it("fresh is what the clock on receipt says", () => {
    expect(answer(NOON - 6 * MINUTE, NOON)).toMatchObject({ is: "scale", to: 15 });
    expect(answer(NOON - 6 * MINUTE, NOON + MINUTE)).toMatchObject({ is: "hold", reasons: [{ code: "stale" }] });
    expect(answer(NOON - MINUTE, NOON - MINUTE)).toMatchObject({ is: "hold", reasons: [{ code: "notYet" }] });
  });
});

describe("case 16: a target above 100 %, and units that sent nothing", () => {
  // Ten run, four of them reported 80 of a target of 200: the others count as on target on the way down.
  const bursting = settings({ min: 1, policies: [tracking({ of: "average", target: 200 })] });
  const memory = remembered({ ring: [look(NOON - 2 * MINUTE, 10), look(NOON - MINUTE, 10)] });
  const reported = (units: number | undefined) => {
    const point = { at: NOON - MINUTE, value: 80, ...(units === undefined ? {} : { units }) };
    const answers: Record<string, SignalAnswer> = {
      [keyOf("load")]: { is: "series", period: MINUTE, points: [point] },
    };
    return decide(input({ settings: bursting, memory, answers, capacity: capacity(10) })).decision;
  };

  it("are never assumed to carry less than the target", () => {
    // 4 × 80 ÷ 200 + 6 = 7.6
    expect(reported(4)).toMatchObject({ is: "scale", to: 8 });
    expect(reported(10)).toMatchObject({ is: "scale", to: 4 });
    expect(reported(0)).toMatchObject({ is: "hold" });
  });
});

describe("case 17: a metric that is absent because nothing happens", () => {
  const sibling = { source: "cloudwatch" as const, namespace: "App", metric: "alive", statistic: "Sum" as const };
  const used = (zeroWhile?: typeof sibling) =>
    settings({ policies: [tracking({ signals: [metric("load", zeroWhile === undefined ? {} : { zeroWhile })] })] });
  const answers = {
    [keyOf("load")]: series([]),
    [keyOf("alive", { statistic: "Sum" })]: series([[NOON - MINUTE, 1]]),
  };

  it("is unknown, and holds", () => {
    expect(drive(used()).ticks(1, { answers })).toEqual([10]);
  });

  it("is 0 only where that is said and a sibling proves it: then it lowers", () => {
    expect(drive(used(sibling)).ticks(1, { answers })).toEqual([1]);
    expect(drive(used(sibling)).ticks(1, { metrics: { load: null } })).toEqual([10]);
  });
});

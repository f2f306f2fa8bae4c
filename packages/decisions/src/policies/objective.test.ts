import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { action, MINUTE, metric, NOON, nameOf, proposing, remembered } from "../../../../test/builders/decisions.ts";
import type { Window } from "../readings.ts";
import { propose, settings, signals } from "./objective.ts";

type Input = Parameters<typeof settings.decode>[0];
type Seen = Parameters<typeof proposing>[0];

const errors: Input = {
  ...{ kind: "objective", slo: 0.99 },
  measure: { by: "errors", failed: metric("failed"), all: metric("all") },
};
const latency: Input = {
  ...{ kind: "objective", slo: 0.9 },
  measure: { by: "latency", latency: metric("latency"), above: 0.5 },
};

/** A value for each minute of the last hour: `before`, and in the last five minutes `lately`. */
function hour(before: number, lately = before): Window {
  const points = Array.from({ length: 60 }, (_, index) => ({
    at: NOON - (60 - index) * MINUTE,
    value: index < 55 ? before : lately,
  }));
  return { is: "window", end: NOON, period: MINUTE, points };
}

/** 100 requests a minute, of which so many fail. */
function failing(before: number, lately = before): Seen {
  return { windows: { all: hour(100) }, counts: { failed: hour(before, lately) } };
}

const run = (seen: Seen, changes: Partial<Input> = {}, policy = errors) =>
  propose(settings.decode({ ...policy, ...changes }), proposing(seen));
const codeOf = (seen: Seen, changes: Partial<Input> = {}) => run(seen, changes).proposal.reason.code;

describe("the error budget", () => {
  // A budget of 1 %: 12 % failing burns at 12 times its pace.
  it.each([
    { what: "burns at bad share ÷ (1 − SLO)", seen: failing(12), short: 12, long: 12 },
    { what: "burns over both windows by themselves", seen: failing(0, 12), short: 12, long: 1 },
    { what: "may have burned before", seen: failing(12, 0), short: 0, long: 11 },
    { what: "burns no faster than everything", seen: failing(500), short: 100, long: 100 },
  ])("$what", ({ seen, short, long }) => {
    const { data } = run(seen, { burnAbove: 1000 }).proposal.reason;
    expect(data).toMatchObject({ short: expect.closeTo(short, 9), long: expect.closeTo(long, 9) });
  });

  it("does not burn when nothing is asked for", () => {
    const seen = { windows: { all: hour(0) }, counts: { failed: hour(0) } };
    expect(run(seen, { burnAbove: 0.1 }).proposal).toMatchObject({ is: "satisfied", reason: { data: { short: 0 } } });
  });

  it("counts failures of the same minutes as requests", () => {
    const late: Window = { ...hour(0), points: [{ at: NOON, value: 1000 }] };
    expect(codeOf({ windows: { all: hour(100) }, counts: { failed: late } })).toBe("objectiveMet");
  });

  it("may be one of slow minutes", () => {
    const slow = { windows: { latency: hour(0.9) } };
    const half = { windows: { latency: hour(0.4, 0.9) } };
    expect(run(slow, {}, latency).proposal.reason).toMatchObject({ code: "objectiveBurns" });
    expect(run(half, {}, latency).proposal.reason).toMatchObject({
      code: "objectiveMet",
      data: { short: expect.closeTo(10) },
    });
    expect(run({ windows: { latency: hour(0.5) } }, {}, latency).proposal.reason).toMatchObject({
      ...{ code: "objectiveMet", data: { short: 0, long: 0 } },
    });
  });
});

describe("a raise", () => {
  it.each([
    { what: "needs both windows", seen: failing(0, 50), is: "objectiveMet" },
    { what: "needs both windows, the short one too", seen: failing(50, 0), is: "objectiveMet" },
    { what: "needs more than so many times the pace", seen: failing(6), is: "objectiveMet" },
    { what: "comes above that", seen: failing(7), is: "objectiveBurns" },
  ])("$what", ({ seen, is }) => {
    expect(codeOf(seen)).toBe(is);
  });

  // ready × (1 + min(1, burn ÷ 20)), at most half more than what others propose.
  it.each([
    { what: "grows with the burn: 10 × 1.6", seen: { ...failing(12), others: 100 }, capacity: 16 },
    { what: "at most doubles", seen: { ...failing(90), others: 100 }, capacity: 20 },
    { what: "counts what serves: 4 × 2", seen: { ...failing(90), ready: 4, desired: 5, others: 100 }, capacity: 8 },
    { what: "is at most half above the others", seen: { ...failing(90), others: 10 }, capacity: 15 },
    { what: "is at most half above what there is without others", seen: failing(90), capacity: 15 },
  ])("$what", ({ seen, capacity }) => {
    const { proposal, boosts } = run(seen);
    expect(proposal).toMatchObject({ is: "proposes", capacity });
    expect(boosts).toMatchObject([{ at: NOON, burn: expect.any(Number), made: false }]);
  });

  it("never lowers what others ask for, and holds no more than the boost above them", () => {
    const quiet = run({ ...failing(90), others: 4 });
    expect(quiet).toMatchObject({ proposal: { is: "proposes", capacity: 6 }, boosts: [] });
  });

  it("does not come at just so many times the pace, over either window", () => {
    const half = { slo: 0.5, burnAbove: 1.5 };
    expect(codeOf(failing(75), half)).toBe("objectiveMet");
    expect(codeOf({ ...failing(75), counts: { failed: hour(100, 75) } }, half)).toBe("objectiveMet");
    expect(codeOf(failing(76), half)).toBe("objectiveBurns");
  });

  it("that asks for no more than there is counts for none", () => {
    const seen = { ...failing(90), ready: 5, desired: 10, others: 100 };
    expect(run(seen)).toMatchObject({ proposal: { capacity: 10 }, boosts: [] });
  });

  it("is explained", () => {
    const seen = { ...failing(12), others: 8, desired: 10, ready: 10 };
    expect(run(seen).proposal.reason).toEqual({
      code: "objectiveBurns",
      data: {
        burn: expect.closeTo(12),
        above: 6,
        slo: 0.99,
        ready: 10,
        desired: 10,
        wanted: 16,
        cap: 12,
        capacity: 12,
      },
    });
  });

  test.prop([fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })])(
    "asks for no less than there is where nobody else speaks",
    (share, ready, desired) => {
      const { proposal } = run({ ...failing(share), ready, desired });
      if (proposal.is === "proposes") expect(proposal.capacity).toBeGreaterThanOrEqual(desired);
    },
  );
});

describe("after a raise", () => {
  const raised = (...burns: number[]) => {
    const boosts = burns.map((burn, index) => ({
      at: NOON - (burns.length - index) * 120,
      burn,
      base: 10,
      made: false,
    }));
    const actions = boosts.map(({ at }) => action(at, 10, 15));
    return { ...failing(12), boosts, memory: remembered({ actions }), warmUp: 90 };
  };

  it("there is none for a warm-up, in which nothing is given back", () => {
    const seen = { ...raised(12), warmUp: 121, desired: 15 };
    expect(run(seen)).toMatchObject({
      proposal: { is: "proposes", capacity: 15, reason: { code: "objectiveWaits", data: { until: NOON + 1 } } },
      boosts: seen.boosts.map((boost) => ({ ...boost, made: true })),
    });
    expect(codeOf({ ...seen, warmUp: 120 })).toBe("objectiveBurns");
  });

  it("there is another, and after two without less burn there is none, and that is told", () => {
    expect(codeOf(raised(12))).toBe("objectiveBurns");
    const given = run(raised(12, 12));
    expect(given.proposal).toMatchObject({
      is: "satisfied",
      reason: { code: "scalingDoesNotHelp", data: { raises: 2 } },
    });
    expect(given.boosts).toHaveLength(2);
  });

  it("of two, the units of the second have to serve before it has failed", () => {
    expect(codeOf({ ...raised(12, 12), warmUp: 121 })).toBe("objectiveWaits");
  });

  it("a little less burn may be noise and counts for nothing", () => {
    expect(codeOf(raised(13, 12))).toBe("scalingDoesNotHelp");
    expect(codeOf(raised(14, 12))).toBe("objectiveBurns");
    // Nine tenths exactly: 0.9 ÷ 0.5 of 2.
    expect(codeOf({ ...raised(2, 2), ...failing(90) }, { slo: 0.5, burnAbove: 1 })).toBe("objectiveBurns");
  });

  it("what counts is the short window: the long one remembers what was before", () => {
    const recovering = { ...raised(40, 30), ...failing(40, 20) };
    expect(codeOf(recovering)).toBe("objectiveBurns");
  });

  it("of many only the last two matter", () => {
    const { boosts } = run(raised(90, 50, 40, 30));
    expect(boosts?.map(({ burn }) => Math.round(burn))).toEqual([40, 30, 12]);
    expect(run({ ...raised(90, 50, 40, 10) }).boosts).toHaveLength(3);
  });

  it("that limits did not let through, it was none", () => {
    const seen = { ...raised(12, 12), memory: remembered() };
    expect(run(seen)).toMatchObject({ proposal: { reason: { code: "objectiveBurns" } }, boosts: [{ at: NOON }] });
  });

  it("that was made counts for as long as it burns, though the change itself is forgotten", () => {
    const forgotten = { ...raised(12, 12), memory: remembered() };
    const boosts = forgotten.boosts.map((boost) => ({ ...boost, made: true }));
    expect(codeOf({ ...forgotten, boosts })).toBe("scalingDoesNotHelp");
    expect(run({ ...forgotten, boosts }).boosts).toEqual(boosts);
  });

  it("the next goes no further than half above what there was before the first", () => {
    const burning = { ...raised(90), ...failing(50), ready: 15, desired: 15 };
    expect(run(burning)).toMatchObject({
      proposal: { is: "proposes", capacity: 15, reason: { data: { wanted: 30, cap: 15 } } },
      boosts: [{ base: 10, made: true }],
    });
    expect(run({ ...burning, ready: 12, desired: 12 }).boosts).toMatchObject([
      { base: 10, made: true },
      { at: NOON, base: 10, made: false },
    ]);
    expect(run({ ...burning, desired: 40 }).proposal).toMatchObject({ capacity: 40 });
  });

  it("everything is forgotten once the budget does not burn", () => {
    expect(run({ ...raised(12, 12), ...failing(0) })).toMatchObject({ proposal: { is: "satisfied" }, boosts: [] });
  });
});

describe("what is missing", () => {
  it.each([{ is: "none" as const }, { is: "notYet" as const }, { is: "stale" as const, at: NOON - 3600, age: 3540 }])(
    "of failures ($is) is 0 while requests report",
    (failed) => {
      const seen = { windows: { all: hour(100) }, counts: { failed } };
      expect(run(seen).proposal).toMatchObject({ is: "satisfied", reason: { data: { short: 0, long: 0 } } });
    },
  );

  it("of failures, where they are few and far between, are only those minutes", () => {
    const few: Window = { ...hour(0), points: [4, 3, 2, 1].map((ago) => ({ at: NOON - ago * MINUTE, value: 100 })) };
    expect(run({ windows: { all: hour(100) }, counts: { failed: few } }).proposal.reason.data).toMatchObject({
      ...{ burn: expect.closeTo((4 / 60) * 100) },
    });
  });

  it("of requests makes blind, and forgets no raise", () => {
    const boosts = [{ at: NOON - 60, burn: 9, base: 10, made: true }];
    expect(run({ counts: { failed: hour(1) }, boosts })).toEqual({
      proposal: { is: "blind", reason: { code: "noData", data: { signal: "App all {} Average 60s" } } },
      boosts,
    });
  });

  it("because it could not be read makes blind, failures too", () => {
    const failed = { is: "failed" as const, why: "throttled" };
    const seen = { windows: { all: hour(100) }, counts: { failed } };
    expect(run(seen).proposal).toMatchObject({ is: "blind", reason: { code: "failed", data: { why: "throttled" } } });
  });
});

it("an objective wants to know as much as its long window needs", () => {
  const policy = settings.decode({ ...errors, long: "2h" });
  expect(signals(policy).map((each) => [nameOf(each), each.history])).toEqual([
    ["all", 7200],
    ["failed", 7200],
  ]);
  expect(signals(settings.decode(latency)).map((each) => [nameOf(each), each.history])).toEqual([["latency", 3600]]);
});

it.each([
  { what: "an SLO of all", changes: { slo: 1 } },
  { what: "an SLO of none", changes: { slo: 0 } },
  { what: "a boost of nothing", changes: { maxBoost: 0 } },
  {
    what: "a counter",
    changes: { measure: { by: "errors" as const, failed: metric("failed", { counter: true }), all: metric("all") } },
  },
  { what: "a short window that is longer than the long one", changes: { short: "2h" as const } },
])("is refused: $what", ({ changes }) => {
  expect(settings.safeDecode(errors).success).toBe(true);
  expect(settings.safeDecode({ ...errors, short: "1h" }).success).toBe(true);
  expect(settings.safeDecode({ ...errors, ...changes }).success).toBe(false);
});

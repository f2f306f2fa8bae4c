import { describe, expect, it } from "vitest";
import {
  action,
  bounded,
  capacity,
  draining,
  input,
  keyOf,
  lately,
  looks,
  MINUTE,
  metric,
  NOON,
  paused,
  pinned,
  queued,
  remembered,
  series,
  settings,
  tracking,
} from "../../../test/builders/decisions.ts";
import { decide } from "./decide.ts";
import { remember } from "./memory.ts";
import type { DecideInput, Lease } from "./model.ts";

const load = keyOf("load");
const errors = keyOf("errors");

/** The decision in short: where capacity goes, and the codes of its reasons. */
function outcome(changes: Partial<DecideInput>) {
  const { decision } = decide(input(changes));
  const codes = decision.reasons.map(({ code }) => code);
  return decision.is === "scale" ? [decision.to, ...codes] : [decision.at, ...codes];
}

describe("a decision", () => {
  it("raises as far as is needed, and says why", () => {
    const given = input({ answers: { [load]: lately(145) } });
    const reason = {
      code: "aboveTarget",
      data: { signal: load, value: 145, target: 10, of: "total", desired: 10, units: 14.5, capacity: 15 },
    };
    expect(decide(given)).toEqual({
      version: 1,
      input: given,
      proposals: [{ policy: "target-tracking", is: "proposes", capacity: 15, reason }],
      combined: 15,
      limits: [],
      decision: { is: "scale", sets: "capacity", from: 10, to: 15, reasons: [reason] },
      carry: {
        drainBy: {},
        boosts: {},
        interlocks: {},
        trustedAt: NOON,
        blockedSince: null,
        raisedMax: null,
        usage: [],
      },
      interlocks: [],
    });
  });

  it("lowers, and holds, and says why", () => {
    expect(outcome({ answers: { [load]: lately(50) } })).toEqual([5, "belowTarget"]);
    expect(outcome({})).toEqual([10, "withinTolerance"]);
  });

  it("follows a schedule down where nobody else looks, and not where somebody does", () => {
    const windows = [{ start: "0 9 * * *", end: "0 11 * * *", zone: "UTC", floor: 8 }];
    const schedule = { kind: "schedule" as const, windows };
    expect(outcome({ settings: settings({ min: 3, policies: [schedule] }) })).toEqual([3, "noWindow"]);
    const both = settings({ min: 3, policies: [schedule, tracking()] });
    expect(outcome({ settings: both, answers: { [load]: lately(100) } })).toEqual([10, "withinTolerance"]);
    expect(outcome({ settings: both, answers: { [load]: lately(40) } })).toEqual([4, "belowTarget"]);
  });

  it("lists what each limit did, in their order", () => {
    const given = settings({
      max: 8,
      stabilisation: { in: "3m" },
      rate: { in: { allow: [{ units: 1, per: "1m" }] } },
      coolDown: { in: "1h" },
    });
    const record = decide(
      input({
        settings: given,
        answers: { [load]: lately(50) },
        memory: remembered({ ring: looks([10, 10, 10], { proposal: 6 }), actions: [action(NOON - 600, 11, 10)] }),
        leases: [pinned(3), paused("in")],
      }),
    );
    expect(record.limits.map(({ limit, from, to }) => [limit, from, to])).toEqual([
      ["stabilisation", 5, 6],
      ["rate", 6, 9],
      ["cool-down", 9, 10],
      ["pin", 10, 3],
      ["pause", 3, 10],
      ["bounds", 10, 9],
    ]);
    expect(record).toMatchObject({ combined: 5, decision: { is: "scale", from: 10, to: 9 } });
    expect(record.decision.reasons.map(({ code }) => code)).toEqual([
      ...["belowTarget", "stabilisingIn", "rateIn", "coolingDownIn", "pinned", "paused", "aboveMax"],
    ]);
  });

  it("in observe mode is only said", () => {
    const observing = settings({ mode: "observe" });
    const record = decide(input({ settings: observing, answers: { [load]: lately(145) } }));
    expect(record.decision).toMatchObject({ is: "hold", at: 10, recommended: 15 });
    expect(record.decision.reasons.at(-1)).toEqual({ code: "observing", data: { recommended: 15 } });
    expect(decide(input({ settings: observing })).decision).toMatchObject({ is: "hold", at: 10, recommended: null });
    expect(outcome({ settings: observing })).toEqual([10, "withinTolerance"]);
  });

  it("in control waits while something else may lower it, and says what it would do", () => {
    const rivals = ["target tracking policy cpu"];
    const disputed = (changes = {}) => {
      const capacity = { ...input().capacity, ...changes };
      return decide(input({ capacity, answers: { [load]: lately(145) } }));
    };
    const { decision } = disputed({ rivals });
    expect(decision).toMatchObject({ is: "hold", at: 10, recommended: 15 });
    expect(decision.reasons.at(-1)).toEqual({ code: "rivalMayLower", data: { rivals, recommended: 15 } });
    expect(disputed({ rivals: [] }).decision).toMatchObject({ is: "scale", to: 15 });
    expect(disputed().decision).toMatchObject({ is: "scale", to: 15 });
  });

  it.each([
    ["in is held", "control", 50, { is: "hold", at: 10, recommended: 5 }],
    ["out goes on", "control", 150, { is: "scale", from: 10, to: 15 }],
    ["in of what is only observed is said", "observe", 50, { is: "hold", recommended: 5 }],
  ] as const)("%s while it is not known what else may lower", (_, mode, load, expected) => {
    const { decision } = decide(
      input({
        settings: settings({ mode }),
        capacity: { ...capacity(10), rivals: null },
        answers: { [keyOf("load")]: lately(load) },
      }),
    );
    expect(decision).toMatchObject(expected);
    const codes = decision.reasons.map(({ code }) => code);
    expect(codes.includes("rivalsUnknown")).toBe(mode === "control" && load === 50);
  });

  it("in floor mode shares the resource with what else may lower it", () => {
    const capacity = { ...input().capacity, minimum: 10, rivals: ["target tracking policy cpu"] };
    const floor = settings({ mode: "floor" });
    const { decision } = decide(input({ settings: floor, capacity, answers: { [load]: lately(145) } }));
    expect(decision).toMatchObject({ is: "scale", sets: "minimum", to: 15 });
  });

  it("is to hold while the capacity cannot be read, and forgets no deadline", () => {
    const given = input({
      capacity: { is: "failed", why: "Throttled: slow down" },
      answers: { [load]: lately(1000) },
      memory: remembered({ drainBy: { jobs: NOON + 60 } }),
      leases: [pinned(50)],
    });
    const reasons = [{ code: "capacityFailed", data: { why: "Throttled: slow down" } }];
    expect(decide(given)).toEqual({
      ...{ version: 1, input: given, proposals: [], combined: null, limits: [] },
      decision: { is: "hold", at: null, recommended: null, reasons },
      carry: {
        drainBy: { jobs: NOON + 60 },
        boosts: {},
        interlocks: {},
        trustedAt: null,
        blockedSince: null,
        raisedMax: null,
        usage: [],
      },
      interlocks: [],
    });
  });
});

describe("missing data", () => {
  const high = [tracking(), tracking({ signals: [metric("errors")] })];

  it.each([
    { what: "missing", answers: {} },
    { what: "empty", answers: { [load]: series([]) } },
    { what: "stale", answers: { [load]: series([[NOON - 7 * MINUTE, 10]]) } },
    { what: "not yet settled", answers: { [load]: series([[NOON, 10]]) } },
    { what: "failed", answers: { [load]: { is: "failed" as const, why: "500" } } },
    { what: "NaN", answers: { [load]: lately("NaN") } },
    { what: "infinite", answers: { [load]: lately("Infinity") } },
    { what: "negative", answers: { [load]: lately(-1) } },
  ])("never lowers capacity: $what", ({ answers }) => {
    expect(outcome({ answers })[0]).toBe(10);
    expect(outcome({ answers, capacity: capacity(0), settings: settings({ min: 0 }) })[0]).toBe(0);
  });

  it("of one policy keeps the others from lowering, and from nothing else", () => {
    const policies = settings({ policies: high });
    expect(outcome({ settings: policies, answers: { [load]: lately(10) } })).toEqual([
      ...[10, "belowTarget", "noData", "scaleInNeedsAll"],
    ]);
    expect(outcome({ settings: policies, answers: { [errors]: lately(60), [load]: lately(10) } })).toEqual([
      6,
      "belowTarget",
    ]);
    expect(outcome({ settings: policies, answers: { [load]: lately(160) } })).toEqual([16, "aboveTarget"]);
  });

  it("names the policy that cannot see, by its number among its kind", () => {
    const policies = settings({ policies: [...high, draining()] });
    const record = decide(input({ settings: policies, answers: { [load]: lately(10) } }));
    expect(record.proposals.map(({ policy, is }) => `${policy} ${is}`)).toEqual([
      ...["target-tracking proposes", "target-tracking 2 blind", "queue blind"],
    ]);
    expect(record.decision.reasons.at(-1)?.data).toMatchObject({ policy: "target-tracking 2" });
  });

  it("is 0 where a live sibling proves it", () => {
    const sibling = metric("requests", { statistic: "Sum" });
    const zeroed = tracking({
      signals: [
        metric("errors", {
          zeroWhile: { source: "cloudwatch", namespace: "App", metric: "requests", statistic: "Sum" },
        }),
      ],
    });
    const given = settings({ policies: [zeroed] });
    const requests = keyOf("requests", sibling);
    expect(outcome({ settings: given, answers: { [errors]: series([]), [requests]: lately(900) } })).toEqual([
      ...[1, "belowTarget", "belowMin"],
    ]);
    expect(outcome({ settings: given, answers: { [errors]: series([]), [requests]: series([]) } })).toEqual([
      10,
      "noData",
    ]);
    expect(outcome({ settings: given, answers: { [errors]: series([]) } })).toEqual([10, "noData"]);
  });

  it("is judged by when the answers were in, not by when the tick was due", () => {
    const answers = { [load]: series([[NOON - 6 * MINUTE, 10]]) };
    expect(outcome({ answers })[0]).toBe(1);
    expect(outcome({ answers, now: NOON + 1 })).toEqual([10, "stale"]);
  });
});

describe("leases", () => {
  it.each<{ what: string; leases: Lease[]; to: number }>([
    { what: "hold for the target", leases: [pinned(30)], to: 30 },
    { what: "hold for all", leases: [pinned(30, { target: "*" })], to: 30 },
    { what: "hold for no other", leases: [pinned(30, { target: "api" })], to: 10 },
    { what: "end by themselves", leases: [pinned(30, { until: NOON })], to: 10 },
    { what: "hold to the last second", leases: [pinned(30, { until: NOON + 1 })], to: 30 },
    { what: "on the target outrank those on all", leases: [pinned(30, { target: "*" }), pinned(40)], to: 40 },
    {
      what: "on the target outrank those on all, bounds too",
      leases: [bounded({ min: 50 }, { target: "*" }), bounded({ min: 20 })],
      to: 20,
    },
    {
      what: "on all fill in what the target's own leave open",
      leases: [bounded({ min: 50 }, { target: "*" }), bounded({ max: 60 })],
      to: 50,
    },
    { what: "pause a pin", leases: [pinned(30), paused("out", { target: "*" })], to: 10 },
    { what: "have no say against bounds", leases: [pinned(30), bounded({ max: 25 })], to: 25 },
    { what: "move bounds apart from pauses", leases: [paused("both"), bounded({ min: 12 })], to: 12 },
  ])("$what", ({ leases, to }) => {
    expect(outcome({ leases })[0]).toBe(to);
  });

  it("end by the clock on receipt", () => {
    expect(outcome({ now: NOON + 5, leases: [pinned(30, { until: NOON + 5 })] })[0]).toBe(10);
  });

  it("let a maximum be exceeded, for a queue that would not be drained otherwise", () => {
    const given = {
      settings: settings({ max: 20, policies: [draining()] }),
      answers: { "queue jobs": queued(60_000) },
    };
    expect(outcome(given)).toEqual([20, "backlogInfeasible", "atMax"]);
    expect(outcome({ ...given, leases: [bounded({ max: 200 })] })).toEqual([100, "backlogNeedsMore"]);
  });
});

describe("what a policy sees", () => {
  const queue = settings({ policies: [draining()], warmUp: "4m", min: 0 });

  it("has the start-up of the target", () => {
    const { decision } = decide(input({ settings: queue, answers: { "queue jobs": queued(7200) } }));
    expect(decision.reasons[0]?.data).toMatchObject({ left: 360, capacity: 20 });
  });

  it("has the units that serve, not those that are set", () => {
    const sent = "AWS/SQS NumberOfMessagesSent {QueueName=jobs} Sum 60s";
    const answers = { "queue jobs": queued(3600), [sent]: lately(600) };
    const given = { settings: queue, answers, memory: remembered({ drainBy: { jobs: NOON + 600 } }) };
    expect(decide(input({ ...given, capacity: capacity(10, 10, 10) })).combined).toBe(10 + 10);
    expect(decide(input({ ...given, capacity: capacity(10, 10, 4) })).combined).toBe(10 + 10 + 4);
  });

  it("has what was remembered, and gives what is to be remembered", () => {
    const answers = { "queue jobs": queued(6000) };
    const memory = remembered({ drainBy: { jobs: NOON + 400 } });
    expect(decide(input({ settings: queue, answers, memory })).carry.drainBy).toEqual({ jobs: NOON + 400 });
    expect(decide(input({ settings: queue, answers: {}, memory })).carry.drainBy).toEqual({ jobs: NOON + 400 });
    expect(decide(input({ settings: queue, answers })).carry.drainBy).toEqual({});
  });

  it("has the capacity of the past: an old value is not multiplied by what is set now", () => {
    const average = settings({ policies: [tracking({ of: "average", target: 60 })] });
    const answers = { [load]: lately(180) };
    const ring = looks([5, 5, 5]);
    const rise = { capacity: capacity(15), memory: remembered({ ring, actions: [action(NOON - MINUTE, 5, 15)] }) };
    expect(outcome({ settings: average, answers, ...rise })).toEqual([15, "withinTolerance"]);
    expect(outcome({ settings: average, answers, capacity: capacity(5), memory: remembered({ ring }) })[0]).toBe(15);
  });

  it("has units that serve on the way up and units that run on the way down", () => {
    const average = settings({ policies: [tracking({ of: "average", target: 60 })], warmUp: "5m" });
    const memory = remembered({ ring: looks([20, 20, 20], { ready: 10 }) });
    const starting = (value: number) => ({
      settings: average,
      capacity: capacity(20, 20, 10),
      answers: { [load]: lately(value) },
      memory,
    });
    expect(outcome(starting(95))).toEqual([20, "notAllReported"]);
    expect(outcome(starting(150))).toEqual([25, "aboveTarget"]);
    expect(outcome(starting(30))).toEqual([10, "belowTarget"]);
  });
});

describe("floor mode", () => {
  const floor = settings({ mode: "floor", min: 2 });
  const there = (minimum: number) => ({ ...capacity(10), minimum });

  it("moves the minimum of the resource, not its capacity", () => {
    const { decision } = decide(input({ settings: floor, capacity: there(3), answers: { [load]: lately(80) } }));
    expect(decision).toMatchObject({ is: "scale", sets: "minimum", from: 3, to: 8 });
    const { ring } = remember(decide(input({ settings: floor, capacity: there(3) })));
    expect(ring.at(-1)).toMatchObject({ desired: 3, running: 10, ready: 10 });
  });

  it("lowers it again, down to the configured baseline", () => {
    expect(outcome({ settings: floor, capacity: there(8), answers: { [load]: lately(40) } })).toEqual([
      4,
      "belowTarget",
    ]);
    expect(outcome({ settings: floor, capacity: there(8), answers: { [load]: lately(0) } })).toEqual([
      ...[2, "belowTarget", "belowMin"],
    ]);
  });

  it("holds it while nothing is seen", () => {
    expect(outcome({ settings: floor, capacity: there(8), answers: {} })).toEqual([8, "noData"]);
  });

  it("holds, and says so, while the resource has none, and forgets nothing", () => {
    const memory = remembered({ ring: looks([3]), trustedAt: NOON - 60 });
    const record = decide(input({ settings: floor, memory, answers: { [load]: lately(80) } }));
    expect(record.decision).toEqual({
      ...{ is: "hold", at: null, recommended: null, reasons: [{ code: "noMinimum", data: {} }] },
    });
    expect(remember(record)).toEqual(memory);
  });
});

describe("somebody else's write", () => {
  const restoring = settings({
    foreignWrites: { policy: "restore" },
    ...{ stabilisation: { in: "5m", out: "5m" }, coolDown: { in: "1h", out: "1h" } },
    rate: { out: { allow: [{ units: 1, per: "1m" }] } },
  });
  const dropped = {
    ...{ settings: restoring, capacity: capacity(1), answers: { [load]: lately(100) } },
    memory: remembered({ ring: looks([12, 12]), actions: [action(NOON, 12, 1, "foreign")] }),
  };

  it("is set back whatever the pace of our own scaling, and is a limit like others in the record", () => {
    const record = decide(input(dropped));
    expect(record).toMatchObject({ combined: 10, decision: { is: "scale", from: 1, to: 12 } });
    expect(record.limits).toEqual([
      {
        limit: "foreign-restore",
        from: 10,
        to: 12,
        reason: { code: "restoring", data: { from: 1, to: 12, times: 0 } },
      },
    ]);
  });

  it("is taken as it is after two in an hour, which is said and is no limit that changed anything", () => {
    const restored = (at: number) => [action(at, 12, 1, "foreign"), action(at, 1, 12)];
    const war = [...restored(NOON - 900), ...restored(NOON - 600), action(NOON, 12, 1, "foreign")];
    const given = input({ ...dropped, memory: remembered({ ring: looks([12, 12]), actions: war }) });
    const { limits, decision } = decide(given);
    expect(limits.map(({ limit }) => limit)).not.toContain("foreign-restore");
    expect(decision.reasons).toContainEqual({ code: "restoredOften", data: { to: 1 } });
  });

  it("is not set back against an operator, nor beyond bounds", () => {
    expect(outcome({ ...dropped, leases: [paused("both")] })[0]).toBe(1);
    expect(outcome({ ...dropped, leases: [pinned(4)] })[0]).toBe(4);
    expect(outcome({ ...dropped, leases: [bounded({ max: 11 })] })[0]).toBe(11);
  });
});

describe("what an alarm named", () => {
  const slow = { settings: settings({ policies: [tracking({ signals: [metric("load", { delay: "2m" })] })] }) };

  it("is believed before it had its time to settle", () => {
    const answers = {
      [load]: series([
        [NOON - 3 * MINUTE, 100],
        [NOON - MINUTE, 145],
      ]),
    };
    expect(outcome({ ...slow, answers })).toEqual([10, "withinTolerance"]);
    expect(outcome({ ...slow, answers, named: [NOON - MINUTE] })).toEqual([15, "aboveTarget"]);
  });
});

describe("the fallback", () => {
  const falling = settings({ fallback: { after: "10m", capacity: 12 }, max: 20 });
  const blind = (ago: number, changes: Partial<DecideInput> = {}) =>
    outcome({ settings: falling, answers: {}, memory: remembered({ trustedAt: NOON - ago }), ...changes });

  it("is run once nothing was seen for so long, and never less than there is", () => {
    expect(blind(599)).toEqual([10, "noData"]);
    expect(blind(600)).toEqual([12, "noData", "fallback"]);
    expect(blind(600, { capacity: capacity(15) })).toEqual([15, "noData", "fallback"]);
  });

  it("goes through limits like everything else", () => {
    expect(blind(600, { leases: [bounded({ max: 11 })] })).toEqual([11, "noData", "fallback", "atMax"]);
  });

  it("counts from when something was last seen, as ticks go on", () => {
    const seen = decide(input({ settings: falling, memory: remembered({ trustedAt: NOON - 600 }) }));
    expect(seen.carry.trustedAt).toBe(NOON);
    const unseen = decide(input({ settings: falling, answers: {}, memory: remembered({ trustedAt: NOON - 60 }) }));
    expect(unseen.carry.trustedAt).toBe(NOON - 60);
  });
});

describe("a maximum that a forecast raised", () => {
  const predictive = {
    ...{ kind: "predictive" as const, signal: metric("load"), target: 10 },
    exceedMax: { upTo: 40 },
  };
  const given = settings({ max: 20, policies: [tracking(), predictive], stabilisation: { in: "5m" } });
  const outlook = (load: number, probation: string | null = null) => ({
    ...{ is: "forecast" as const, madeAt: NOON - 600, level: 0.9, from: NOON + 60, to: NOON + 180 },
    ...{ ahead: load, soon: load, probation },
  });
  const at = (changes: Partial<DecideInput>, desired = 10) =>
    decide(input({ settings: given, capacity: capacity(desired), ...changes }));

  it("is for the peak, with its buffer, and a stabilisation window more", () => {
    const { decision, carry } = at({ outlooks: { predictive: outlook(300) }, answers: { [load]: lately(100) } });
    expect(decision).toMatchObject({ is: "scale", to: 30 });
    expect(carry.raisedMax).toEqual({ max: 33, until: NOON + 180 + 300 });
  });

  it("lasts until then, though the forecast cannot be read, or asks for less", () => {
    const memory = remembered({ raisedMax: { max: 33, until: NOON + 1 } });
    for (const outlooks of [{}, { predictive: outlook(50) }, { predictive: outlook(900, "it missed") }]) {
      const { decision, carry } = at({ outlooks, memory, answers: { [load]: lately(300) } }, 30);
      expect(decision).toMatchObject({ is: "hold", at: 30 });
      expect(carry.raisedMax).toEqual({ max: 33, until: NOON + 1 });
    }
  });

  it("ends with its own peak, though a lower one follows", () => {
    const asked = (until: number) => {
      const memory = remembered({ raisedMax: { max: 33, until } });
      return at({ outlooks: { predictive: outlook(250) }, memory, answers: { [load]: lately(250) } }, 25).carry
        .raisedMax;
    };
    expect(asked(NOON + 1)).toEqual({ max: 33, until: NOON + 1 });
    expect(asked(NOON)).toEqual({ max: 28, until: NOON + 180 + 300 });
  });

  it("comes down with what is asked for where the forecast failed, and not because it failed", () => {
    const memory = remembered({ raisedMax: { max: 33, until: NOON } });
    const failed = { outlooks: { predictive: outlook(900, "it missed") }, memory };
    expect(at({ ...failed, answers: { [load]: lately(300) } }, 30).decision).toMatchObject({ is: "hold", at: 30 });
    expect(at({ ...failed, answers: { [load]: lately(300) } }, 30).carry.raisedMax?.max).toBe(30);
    expect(at({ ...failed, answers: { [load]: lately(300) } }, 18).carry.raisedMax).toBeNull();
  });

  it("ends with a forecast that is trusted and expects no peak", () => {
    const memory = remembered({ raisedMax: { max: 33, until: NOON } });
    const { decision, carry } = at(
      { outlooks: { predictive: outlook(50) }, memory, answers: { [load]: lately(300) } },
      30,
    );
    expect(decision).toMatchObject({ is: "scale", to: 20 });
    expect(carry.raisedMax).toBeNull();
  });
});

describe("what is carried from tick to tick", () => {
  it("has the interlocks that are open, and no others", () => {
    const drill = { on: true, at: NOON, since: NOON, why: "a rehearsal" };
    const memory = remembered({ interlocks: { drill: NOON - 300, release: NOON - 300 } });
    const record = decide(input({ memory, facts: { drill } }));
    expect(record.carry.interlocks).toEqual({ drill: NOON - 300 });
    expect(record.interlocks).toEqual([{ name: "drill", since: NOON - 300, why: "a rehearsal" }]);
  });

  it("has the raises that policies remember, by their name", () => {
    const measure = { by: "errors" as const, failed: metric("failed"), all: metric("all") };
    const objective = { kind: "objective" as const, slo: 0.99, measure };
    const every = (value: number) =>
      series(Array.from({ length: 60 }, (_, index) => [NOON - (60 - index) * MINUTE, value]));
    const answers = { [load]: lately(100), [keyOf("all")]: every(100), [keyOf("failed")]: every(50) };
    const given = settings({ policies: [tracking(), objective] });
    const record = decide(input({ settings: given, answers }));
    expect(record.decision).toMatchObject({ is: "scale", to: 15 });
    expect(record.carry.boosts).toEqual({ objective: [{ at: NOON, burn: expect.closeTo(50), base: 10, made: false }] });
  });

  it("is kept while the capacity cannot be read", () => {
    const carried = {
      drainBy: { jobs: NOON },
      boosts: { objective: [{ at: NOON - 60, burn: 9, base: 10, made: true }] },
      interlocks: { drill: NOON - 60 },
      trustedAt: NOON - 60,
      blockedSince: NOON - 120,
      raisedMax: null,
      usage: [{ from: NOON - 60, unitSeconds: 1 }],
    };
    const memory = remembered(carried);
    expect(decide(input({ capacity: { is: "failed", why: "throttled" }, memory })).carry).toEqual(carried);
  });
});

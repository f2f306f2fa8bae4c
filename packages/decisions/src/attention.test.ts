import { describe, expect, it } from "vitest";
import {
  capacity,
  input,
  keyOf,
  lately,
  looks,
  NOON,
  paused,
  remembered,
  settings,
} from "../../../test/builders/decisions.ts";
import { attentionFor, toldAfter } from "./attention.ts";
import { decide } from "./decide.ts";
import type { DecideInput, Memory } from "./model.ts";
import type { Reason } from "./reasons.ts";
import type { Outcome, StoredRecord } from "./record.ts";
import { TROUBLE_SECONDS, troublesAfter } from "./troubles.ts";

const HOUR = 3600;

/** A record about which nothing was done. */
function recordOf(changes: Partial<DecideInput> = {}): StoredRecord {
  return { ...decide(input(changes)), outcome: { is: "none" } };
}

/** A record of a target at its maximum: 10 are set, 10 are the maximum and 15 are needed. */
function full(memory: Partial<Memory> = {}, changes: Partial<DecideInput> = {}): StoredRecord {
  const given = { settings: settings({ max: 10 }), answers: { [keyOf("load")]: lately(150) } };
  return recordOf({ ...given, memory: remembered(memory), ...changes });
}

/** A record whose decision has this reason. */
function because(reason: Reason): StoredRecord {
  const record = recordOf();
  return { ...record, decision: { is: "hold", at: 10, recommended: null, reasons: [reason] } };
}

const kinds = (record: StoredRecord) => attentionFor(record).map(({ kind }) => kind);

describe("a person is told", () => {
  it("in a sentence, when capacity is at its maximum", () => {
    expect(attentionFor(full())).toEqual([{ kind: "at-maximum", sentence: "The maximum is 10 units, so not 15." }]);
  });

  it.each<{ reason: Reason; kind: string }>([
    { reason: { code: "atResourceMax", data: { capacity: 20, max: 10 } }, kind: "at-maximum" },
    { reason: { code: "budgetSpent", data: { capacity: 20, spent: 2, budget: 1, per: 60 } }, kind: "breaker-open" },
    { reason: { code: "burningBudget", data: { capacity: 20, most: 10, budget: 1, per: 60 } }, kind: "breaker-open" },
    { reason: { code: "restoredOften", data: { to: 4 } }, kind: "write-war" },
    { reason: { code: "fallback", data: { capacity: 4, blindSince: 0, after: 60 } }, kind: "running-blind" },
  ])("of $reason.code as $kind", ({ reason, kind }) => {
    expect(kinds(because(reason))).toEqual([kind]);
  });

  it("of what a policy says, also when another one settles the decision", () => {
    const record = recordOf();
    const data = { burn: 20, above: 6, slo: 0.99, ready: 10, desired: 10, raises: 2 };
    const says = { policy: "objective", is: "satisfied", reason: { code: "scalingDoesNotHelp", data } } as const;
    expect(kinds({ ...record, proposals: [...record.proposals, says] })).toEqual(["scaling-does-not-help"]);
  });

  it("of units that did not arrive", () => {
    const ring = looks([10, 10, 10, 10], { ready: 4 });
    const record = full({ ring }, { settings: settings({ max: 100 }), capacity: capacity(10, 10, 4) });
    expect(attentionFor(record)).toEqual([
      {
        kind: "capacity-did-not-arrive",
        sentence: "10 were asked for longer than twice the warm-up ago, and not more than 4 have served since.",
      },
    ]);
  });

  it("not of what goes on every day", () => {
    const ordinary = [recordOf(), because({ code: "belowMin", data: { capacity: 0, min: 1 } })];
    const deploying = recordOf({ capacity: { ...capacity(10), deploying: true } });
    for (const record of [...ordinary, deploying]) expect(attentionFor(record)).toEqual([]);
  });
});

describe("more that is asked for and held back", () => {
  const held = (since: number) => full({ blockedSince: since }, { leases: [paused("out")], settings: settings() });

  it("is told after an hour, with what holds it", () => {
    expect(kinds(held(NOON - HOUR + 1))).toEqual([]);
    expect(attentionFor(held(NOON - HOUR))).toEqual([
      {
        kind: "blocked",
        sentence:
          "More capacity was held back for over an hour. Going to 15 is paused by ada until 2026-01-01 13:00:00Z: a test.",
      },
    ]);
  });

  it("is remembered from tick to tick, and forgotten when it is let through or not asked for", () => {
    expect(held(NOON - 60).carry.blockedSince).toBe(NOON - 60);
    expect(full({}, { leases: [paused("out")], settings: settings() }).carry.blockedSince).toBe(NOON);
    expect(full({ blockedSince: NOON - 60 }, { settings: settings() }).carry.blockedSince).toBeNull();
    const idle = { answers: {}, leases: [paused("out")] };
    expect(full({ blockedSince: NOON - 60 }, idle).carry.blockedSince).toBeNull();
  });
});

describe("what keeps a target from being looked after", () => {
  const unreadable = (memory: Partial<Memory>) =>
    full(memory, { capacity: { is: "failed", why: "Denied: not yours" } });
  const noMinimum = (memory: Partial<Memory>) => full(memory, { settings: settings({ mode: "floor" }) });
  const blind = (memory: Partial<Memory>) => full({ trustedAt: NOON - HOUR, ...memory }, { answers: {} });
  const scaling = (outcome: Outcome) => (memory: Partial<Memory>) => ({
    ...full(memory, { settings: settings({ max: 100 }) }),
    outcome,
  });
  const notMade = scaling({ is: "notDone", why: "Denied: not yours" });
  const since = (kind: string, ago: number) => ({ troubles: { [kind]: NOON - ago } });

  it.each([
    { kind: "capacity-unreadable", record: unreadable, says: /^The capacity could not be read: Denied: not yours\./ },
    { kind: "no-minimum", record: noMinimum, says: /^Floor mode moves the resource's own minimum/ },
    {
      kind: "running-blind",
      record: blind,
      says: /^Nothing can be seen, and there is no fallback\. App load .* missing is not zero\./,
    },
    { kind: "change-not-made", record: notMade, says: /^Going from 10 to 15 was not done: Denied: not yours\./ },
  ])("is told after ten minutes: $kind", ({ kind, record, says }) => {
    expect(kinds(record({}))).toEqual([]);
    expect(kinds(record(since(kind, TROUBLE_SECONDS - 1)))).toEqual([]);
    const told = attentionFor(record(since(kind, TROUBLE_SECONDS)));
    expect(told).toEqual([{ kind, sentence: expect.stringMatching(says) }]);
    expect(told[0]?.sentence).toMatch(/It has been so since 2026-01-01 11:50:00Z\.$/);
    expect(troublesAfter(record({}))).toEqual({ [kind]: NOON });
    expect(troublesAfter(record(since(kind, 60)))).toEqual({ [kind]: NOON - 60 });
  });

  it("is over as soon as it is", () => {
    for (const kind of ["capacity-unreadable", "no-minimum", "running-blind", "change-not-made"]) {
      expect(troublesAfter(full(since(kind, 60)))).toEqual({});
    }
    expect(troublesAfter(scaling({ is: "done", at: NOON })(since("change-not-made", 60)))).toEqual({});
  });

  it("is not over while it is not known whether a change was made", () => {
    for (const outcome of [{ is: "waiting" }, { is: "announced" }] as const) {
      const after = troublesAfter(scaling(outcome)(since("change-not-made", 60)));
      expect(after).toEqual({ "change-not-made": NOON - 60 });
      expect(troublesAfter(scaling(outcome)({}))).toEqual({});
    }
  });

  it("is not that nothing can be seen, where there is a fallback for it", () => {
    const fallback = { after: 2 * HOUR, capacity: 5 };
    const changes = { answers: {}, settings: { ...settings(), fallback } };
    expect(troublesAfter(full({ trustedAt: NOON - HOUR }, changes))).toEqual({});
  });
});

describe("the same thing", () => {
  it("is told once an hour, whatever else is told", () => {
    expect(kinds(full({ told: { "at-maximum": NOON - HOUR + 1 } }))).toEqual([]);
    expect(kinds(full({ told: { "at-maximum": NOON - HOUR, "write-war": NOON } }))).toEqual(["at-maximum"]);
  });

  it("is told once when there are two reasons for it", () => {
    const record = full();
    const { decision } = record;
    const twice = { ...decision, reasons: [...decision.reasons, ...decision.reasons] };
    expect(kinds({ ...record, decision: twice })).toEqual(["at-maximum"]);
  });

  it("is remembered as told, for an hour", () => {
    expect(toldAfter(full())).toEqual({ "at-maximum": NOON });
    const told = { "at-maximum": NOON - 60, "write-war": NOON - HOUR, "running-blind": NOON - HOUR + 1 };
    expect(toldAfter(full({ told }))).toEqual({ "at-maximum": NOON - 60, "running-blind": NOON - HOUR + 1 });
  });
});

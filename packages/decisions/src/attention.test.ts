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
import type { DecideInput, Memory, TickRecord } from "./model.ts";
import type { Reason } from "./reasons.ts";

const HOUR = 3600;

/** A record of a target at its maximum: 10 are set, 10 are the maximum and 15 are needed. */
function full(memory: Partial<Memory> = {}, changes: Partial<DecideInput> = {}): TickRecord {
  const given = { settings: settings({ max: 10 }), answers: { [keyOf("load")]: lately(150) } };
  return decide(input({ ...given, memory: remembered(memory), ...changes }));
}

/** A record whose decision has this reason. */
function because(reason: Reason): TickRecord {
  const record = decide(input());
  return { ...record, decision: { is: "hold", at: 10, recommended: null, reasons: [reason] } };
}

const kinds = (record: TickRecord) => attentionFor(record).map(({ kind }) => kind);

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
    const record = decide(input());
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
    const ordinary = [decide(input()), because({ code: "belowMin", data: { capacity: 0, min: 1 } })];
    const deploying = decide(input({ capacity: { ...capacity(10), deploying: true } }));
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

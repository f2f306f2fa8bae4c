import type { TickRecord } from "./model.ts";
import type { Reason, ReasonCode } from "./reasons.ts";
import { sentence } from "./reasons.ts";
import type { StoredRecord } from "./record.ts";
import { instant } from "./say.ts";
import { TROUBLE_SECONDS, troublesOf } from "./troubles.ts";

/** Something that a person should know: what kind, and why. */
export type Attention = { kind: string; sentence: string };

/** Seconds after which the same thing is told again while it lasts. */
const AGAIN_AFTER_SECONDS = 3600;

const KIND_BY_REASON: { [Code in ReasonCode]?: string } = {
  atMax: "at-maximum",
  atResourceMax: "at-maximum",
  backlogInfeasible: "objective-infeasible",
  scalingDoesNotHelp: "scaling-does-not-help",
  budgetSpent: "breaker-open",
  burningBudget: "breaker-open",
  restoredOften: "write-war",
  fallback: "running-blind",
  rivalMayLower: "rival-scaler",
  rivalsUnknown: "rivals-unknown",
};

const TELLING_INTERLOCKS = ["capacity-did-not-arrive", "fleet-brake", "retry-storm"];

function ofReasons(reasons: readonly Reason[]): Attention[] {
  return reasons.flatMap((reason) => {
    const kind = KIND_BY_REASON[reason.code];
    return kind === undefined ? [] : [{ kind, sentence: sentence(reason) }];
  });
}

function ofBlocking({ input, carry, decision }: TickRecord): Attention[] {
  const since = carry.blockedSince;
  if (since === null || input.at - since < AGAIN_AFTER_SECONDS) return [];
  const last = decision.reasons.at(-1);
  return [
    { kind: "blocked", sentence: `More capacity was held back for over an hour. ${last ? sentence(last) : ""}`.trim() },
  ];
}

/** What has kept the target from being looked after for so long that it does not go by itself. */
function ofTroubles(record: StoredRecord): Attention[] {
  const { at, memory } = record.input;
  return troublesOf(record).flatMap(({ kind, sentence }) => {
    const since = memory.troubles[kind] ?? at;
    if (at - since < TROUBLE_SECONDS) return [];
    return [{ kind, sentence: `${sentence} It has been so since ${instant(since)}.` }];
  });
}

/** What of a record a person should know, and has not been told within the hour. One of a kind. */
export function attentionFor(record: StoredRecord): Attention[] {
  const { at, memory } = record.input;
  const proposed = record.proposals.map(({ reason }) => reason);
  const locks = record.interlocks
    .filter(({ name }) => TELLING_INTERLOCKS.includes(name))
    .map(({ name, why }) => ({ kind: name, sentence: `${why[0]?.toUpperCase() ?? ""}${why.slice(1)}.` }));
  const all = [
    ...ofReasons([...proposed, ...record.decision.reasons]),
    ...locks,
    ...ofBlocking(record),
    ...ofTroubles(record),
  ];
  const fresh = all.filter(({ kind }) => at - (memory.told[kind] ?? Number.NEGATIVE_INFINITY) >= AGAIN_AFTER_SECONDS);
  return [...new Map(fresh.map((each) => [each.kind, each])).values()];
}

/** When a person was last told what, after this record. Kinds that are over for a while are forgotten. */
export function toldAfter(record: StoredRecord): Record<string, number> {
  const { at, memory } = record.input;
  const kept = Object.entries(memory.told).filter(([, when]) => at - when < AGAIN_AFTER_SECONDS);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(attentionFor(record).map(({ kind }) => [kind, at])) };
}

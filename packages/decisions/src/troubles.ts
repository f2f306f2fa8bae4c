import { type Reason, sentence } from "./reasons.ts";
import type { StoredRecord } from "./record.ts";

/** Seconds for which something may keep a target from being looked after before a person is told: ten looks. */
export const TROUBLE_SECONDS = 600;

/** Something that keeps a target from being looked after: what kind, and in a sentence. */
export type Trouble = { kind: string; sentence: string };

const NOT_MADE = "change-not-made";

const KIND_BY_CODE: { [Code in Reason["code"]]?: string } = {
  capacityFailed: "capacity-unreadable",
  noMinimum: "no-minimum",
};

function ofSight({ decision }: StoredRecord): Trouble[] {
  return decision.reasons.flatMap((reason) => {
    const kind = KIND_BY_CODE[reason.code];
    return kind === undefined ? [] : [{ kind, sentence: sentence(reason) }];
  });
}

/** With a fallback a person is told of that, once it is used. */
function ofBlindness({ input, carry, proposals }: StoredRecord): Trouble[] {
  const { at, settings } = input;
  const isBlind = proposals.length > 0 && carry.trustedAt !== null && carry.trustedAt < at;
  if (!isBlind || settings.fallback !== undefined) return [];
  const blind = proposals.find(({ is }) => is === "blind");
  const why = blind === undefined ? "" : ` ${sentence(blind.reason)}`;
  return [{ kind: "running-blind", sentence: `Nothing can be seen, and there is no fallback.${why}` }];
}

function ofChange({ decision, outcome }: StoredRecord): Trouble[] {
  if (decision.is !== "scale" || outcome.is !== "notDone") return [];
  return [{ kind: NOT_MADE, sentence: `Going from ${decision.from} to ${decision.to} was not done: ${outcome.why}.` }];
}

/** What keeps the target from being looked after at this tick. */
export function troublesOf(record: StoredRecord): Trouble[] {
  return [...ofSight(record), ...ofBlindness(record), ...ofChange(record)];
}

/** Since when what keeps the target from being looked after has done so, after this record. */
export function troublesAfter(record: StoredRecord): Record<string, number> {
  const { at, memory } = record.input;
  const kinds = troublesOf(record).map(({ kind }) => kind);
  // How a change ends that waits, or of which nothing is known yet, is for a later tick to say.
  const isOpen = record.outcome.is === "waiting" || record.outcome.is === "announced";
  if (isOpen && memory.troubles[NOT_MADE] !== undefined) kinds.push(NOT_MADE);
  return Object.fromEntries(kinds.map((kind) => [kind, memory.troubles[kind] ?? at]));
}

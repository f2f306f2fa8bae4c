import type { Decision, Proposed } from "@headroom/decisions/model";
import { type Reason, sentence } from "@headroom/decisions/reasons";
import type { Outcome, StoredRecord } from "@headroom/decisions/record";
import { instant } from "@headroom/decisions/say";

/** A decision in a few words. */
export function decisionSays(decision: Decision): string {
  if (decision.is === "scale")
    return `scale ${decision.sets === "minimum" ? "the minimum " : ""}${decision.from} -> ${decision.to}`;
  if (decision.at === null) return "hold: the capacity is not known";
  return decision.recommended === null
    ? `hold at ${decision.at}`
    : `hold at ${decision.at}, and recommend ${decision.recommended}`;
}

/** What came of a decision, in a few words. */
export function outcomeSays(outcome: Outcome): string {
  switch (outcome.is) {
    case "none":
      return "there was nothing to do";
    case "announced":
      return "announced; whether it was done is not known yet";
    case "waiting":
      return "waiting for its turn: the API takes no more calls in one pass";
    case "done":
      return `done at ${instant(outcome.at)}`;
    case "notDone":
      return `not done: ${outcome.why}`;
  }
}

/** The last reason of a decision, without which it would have been another: also that it is only said, in observe mode. */
export function lastReason({ reasons }: Decision): Reason {
  return reasons.at(-1) ?? { code: "nothingAsked", data: {} };
}

/** How the proposals became one capacity. */
export function combinationSays({ proposals, combined, decision }: StoredRecord): string {
  if (combined === null) return "nothing, as the capacity is not known";
  const highest = proposals.reduce((most, each) => Math.max(most, capacityOf(each) ?? -1), -1);
  if (highest === combined) return `${combined}: the highest proposal`;
  // What combining gave comes first: the reason of a policy, or one of these two.
  const { reasons } = decision;
  const why = reasons.find(({ code }) => code === "scaleInNeedsAll" || code === "fallback") ?? reasons[0];
  return `${combined}: as it is now. ${why === undefined ? "" : sentence(why)}`.trim();
}

/** What a policy proposes, in units. */
export function capacityOf(proposal: Proposed): number | undefined {
  return proposal.is === "proposes" ? proposal.capacity : undefined;
}

import { decide } from "@headroom/decisions/decide";
import type { Decision } from "@headroom/decisions/model";
import { sentence } from "@headroom/decisions/reasons";
import type { StoredRecord } from "@headroom/decisions/record";
import canonicalize from "canonicalize";
import { decisionSays } from "../explain/decision-text.ts";

/** What was decided then, and what the same input gives now. */
export type Replayed = { same: boolean; recorded: Decision; replayed: Decision };

/** Decides again from what the record says was seen. */
export function replay({ input, decision: recorded }: StoredRecord): Replayed {
  const { decision: replayed } = decide(input);
  return { same: canonicalize(recorded) === canonicalize(replayed), recorded, replayed };
}

function lines(decision: Decision): string[] {
  return [decisionSays(decision), ...decision.reasons.map((reason) => `${reason.code}: ${sentence(reason)}`)];
}

/** The decision, or both of them line by line where they differ: `-` was recorded, `+` is what comes out now. */
export function replayedText({ same, recorded, replayed }: Replayed): string {
  const [before, now] = [lines(recorded), lines(replayed)];
  if (same) return ["same decision", ...now.map((line) => `  ${line}`)].join("\n");
  const gone = before.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  const come = now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  const difference = [...gone, ...come];
  // The sentences may be the same where only the data behind them differ.
  const shown = difference.length > 0 ? difference : [`- ${canonicalize(recorded)}`, `+ ${canonicalize(replayed)}`];
  return ["another decision", ...shown].join("\n");
}

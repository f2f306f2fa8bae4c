import { leaseSays } from "@headroom/api/lease-text";
import { bindingReason } from "@headroom/decisions/binding";
import { sentence } from "@headroom/decisions/reasons";
import type { StoredRecord } from "@headroom/decisions/record";
import { instant } from "@headroom/decisions/say";
import { leaseLines } from "./carried.ts";
import { decisionSays } from "./decision-text.ts";
import { recordText } from "./record-text.ts";

/** What a look at this very moment came to. */
export type Now = { is: "considered"; record: StoredRecord } | { is: "busy"; until: string };

/** All there is to say about one target at one time. */
export type Explanation = {
  /** The record in force then. */
  record: StoredRecord;
  /** The newest tick that decided for the same reason without a record of its own; null when it is the record's own. */
  heldUntil: number | null;
  now: Now;
};

function heldText({ record, heldUntil }: Explanation): string[] {
  if (heldUntil === null) return [];
  const { code } = bindingReason(record.decision);
  return ["", `Held since ${instant(record.input.at)} for the same reason (${code}), up to ${instant(heldUntil)}.`];
}

function nowText(now: Now): string {
  if (now.is === "busy") return `Now: a tick is acting on it until ${now.until}.`;
  const { decision, input } = now.record;
  const line = `Now (${instant(input.now)}): would ${decisionSays(decision)}. ${sentence(bindingReason(decision))}`;
  return [line, ...leaseLines(now.record, leaseSays).map((lease) => `  ${lease}`)].join("\n");
}

/** The explanation for people. */
export function explanationText(explanation: Explanation, bold: (text: string) => string): string {
  return [recordText(explanation.record, bold), ...heldText(explanation), "", nowText(explanation.now)].join("\n");
}

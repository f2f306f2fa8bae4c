import { iso } from "@headroom/api/status";
import { sentence } from "@headroom/decisions/reasons";
import { encodeRecord, type StoredRecord } from "@headroom/decisions/record";
import { lastReason } from "./decision-text.ts";
import type { Explanation, Now } from "./explanation.ts";
import { readingsOf } from "./readings.ts";

function explained(record: StoredRecord) {
  const reason = lastReason(record.decision);
  return {
    readings: readingsOf(record.input),
    binding: { code: reason.code, sentence: sentence(reason) },
    sentences: record.decision.reasons.map(sentence),
    record: encodeRecord(record),
  };
}

function nowJson(now: Now) {
  return now.is === "busy" ? now : { is: now.is, ...explained(now.record) };
}

/** The explanation for programs; `record` is what `headroom replay` takes. */
export function explanationJson({ record, heldUntil, now }: Explanation) {
  return {
    target: record.input.target,
    at: iso(record.input.at),
    heldUntil: heldUntil === null ? null : iso(heldUntil),
    ...explained(record),
    now: nowJson(now),
  };
}

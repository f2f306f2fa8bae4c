import { iso } from "@headroom/api/instants";
import { leaseInForce } from "@headroom/api/lease-text";
import { sentence } from "@headroom/decisions/reasons";
import { encodeRecord, type StoredRecord } from "@headroom/decisions/record";
import { arithmeticOf } from "./arithmetic.ts";
import { carriedLines } from "./carried.ts";
import { lastReason } from "./decision-text.ts";
import type { Explanation, Now } from "./explanation.ts";
import { interlocksSeen } from "./interlocks-text.ts";
import { readingsOf } from "./readings.ts";
import { unboundLimits } from "./unbound.ts";

function explained(record: StoredRecord) {
  const reason = lastReason(record.decision);
  return {
    readings: readingsOf(record.input),
    binding: { code: reason.code, sentence: sentence(reason) },
    sentences: record.decision.reasons.map(sentence),
    arithmetic: record.proposals.map((proposal) => ({
      policy: proposal.policy,
      is: proposal.is,
      sentence: sentence(proposal.reason),
      arithmetic: arithmeticOf(proposal, record.input) ?? null,
    })),
    limited: record.limits.map(({ limit, from, to, reason }) => ({ limit, from, to, sentence: sentence(reason) })),
    didNotLimit: unboundLimits(record),
    interlocks: interlocksSeen(record),
    leases: record.input.leases.map((lease) => leaseInForce(lease, record.input.now)),
    carried: carriedLines(record),
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

import { blindness, lastSeen } from "./blindness.ts";
import { type Combined, combine } from "./combine.ts";
import { contextsOf, present, raisedMaxOf } from "./contexts.ts";
import { openInterlocks } from "./limits/interlocks.ts";
import type { LimitContext } from "./limits/limit.ts";
import { limits } from "./limits/registry.ts";
import { usageAfter } from "./limits/spend.ts";
import type { Capacity, Carry, DecideInput, Decision, Limited, TickRecord } from "./model.ts";
import { propose } from "./propose.ts";
import type { Reason } from "./reasons.ts";

/** What limits make of a capacity, one after the other, and what they say: some have a word without changing it. */
function limit(proposed: number, context: LimitContext): { capacity: number; limited: Limited[]; reasons: Reason[] } {
  const limited: Limited[] = [];
  const reasons: Reason[] = [];
  let capacity = proposed;
  let paced = true;
  for (const { name, apply, pacing } of limits) {
    if (pacing && !paced) continue;
    const bound = apply(capacity, context);
    if (bound === undefined) continue;
    if (bound.unpaced) paced = false;
    reasons.push(bound.reason);
    if (bound.capacity === capacity) continue;
    limited.push({ limit: name, from: capacity, to: bound.capacity, reason: bound.reason });
    capacity = bound.capacity;
  }
  return { capacity, limited, reasons };
}

type Found = { desired: number; rivals: Capacity["rivals"] };

/**
 * What the mode makes of it. Two that may both lower would undo each other, so control waits until it is alone,
 * and does not lower before it knows whether it is.
 */
function decision(input: DecideInput, { desired, rivals = [] }: Found, capacity: number, reasons: Reason[]): Decision {
  const { mode } = input.settings;
  if (capacity === desired) return { is: "hold", at: desired, recommended: null, reasons };
  if (mode === "observe") {
    const observing: Reason = { code: "observing", data: { recommended: capacity } };
    return { is: "hold", at: desired, recommended: capacity, reasons: [...reasons, observing] };
  }
  if (mode === "control" && rivals === null && capacity < desired) {
    const unknown: Reason = { code: "rivalsUnknown", data: { recommended: capacity } };
    return { is: "hold", at: desired, recommended: capacity, reasons: [...reasons, unknown] };
  }
  if (mode === "control" && rivals !== null && rivals.length > 0) {
    const disputed: Reason = { code: "rivalMayLower", data: { rivals, recommended: capacity } };
    return { is: "hold", at: desired, recommended: capacity, reasons: [...reasons, disputed] };
  }
  return { is: "scale", sets: mode === "floor" ? "minimum" : "capacity", from: desired, to: capacity, reasons };
}

function cannotAct(input: DecideInput, reason: Reason): TickRecord {
  const { drainBy, boosts, interlocks, trustedAt, blockedSince, raisedMax, usage } = input.memory;
  return {
    ...{ version: 1, input, proposals: [], combined: null, limits: [], interlocks: [] },
    decision: { is: "hold", at: null, recommended: null, reasons: [reason] },
    carry: { drainBy, boosts, interlocks, trustedAt, blockedSince, raisedMax, usage },
  };
}

/** Since when more is asked for than limits let through. */
function blockedSince({ memory, at }: DecideInput, desired: number, asked: Combined, allowed: number): number | null {
  return asked.capacity > desired && allowed <= desired ? (memory.blockedSince ?? at) : null;
}

function decideWith(input: DecideInput, capacity: Capacity, desired: number): TickRecord {
  const contexts = contextsOf(input, capacity, desired);
  const { proposals, drainBy, boosts } = propose(input.settings.policies, contexts.policy, input);
  const trustedAt = lastSeen(input, proposals);
  const combined = combine(proposals, desired, blindness(input, trustedAt));
  const known = { ...contexts.limit, proposals, combined: combined.capacity };
  const open = openInterlocks(known);
  const { capacity: allowed, limited, reasons: said } = limit(combined.capacity, { ...known, interlocks: open });
  const carry: Carry = {
    ...{ drainBy, boosts, trustedAt },
    interlocks: Object.fromEntries(open.map(({ name, since }) => [name, since])),
    blockedSince: blockedSince(input, desired, combined, allowed),
    raisedMax: raisedMaxOf(input, desired),
    usage: usageAfter(known),
  };
  const reasons = [...combined.reasons, ...said];
  return {
    ...{ version: 1, input, proposals, combined: combined.capacity, limits: limited },
    decision: decision(input, { desired, rivals: capacity.rivals }, allowed, reasons),
    carry,
    interlocks: open.map(({ name, since, why }) => ({ name, since, why })),
  };
}

/**
 * What to do about one target at one tick, and why. A function of its argument alone: no I/O, no clock, no chance.
 * Trusted readings become proposals, proposals are combined, limits apply in their order, and the mode says whether
 * the result is done or only said. `decide(record.input)` equals `record`.
 */
export function decide(input: DecideInput): TickRecord {
  const { capacity } = input;
  if (capacity.is === "failed") return cannotAct(input, { code: "capacityFailed", data: { why: capacity.why } });
  const desired = present(capacity, input.settings.mode);
  if (desired === undefined) return cannotAct(input, { code: "noMinimum", data: {} });
  return decideWith(input, capacity, desired);
}

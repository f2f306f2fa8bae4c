import type { Blindness } from "./blindness.ts";
import type { Proposed } from "./model.ts";
import type { Reason } from "./reasons.ts";

export type Combined = { capacity: number; reasons: Reason[] };

/** The highest of the proposals (the first of equals), and the first who cannot see. */
function outstanding(proposals: readonly Proposed[]) {
  let highest: { capacity: number; reason: Reason } | undefined;
  let blind: Proposed | undefined;
  for (const each of proposals) {
    if (each.is === "blind") blind ??= each;
    if (each.is === "proposes" && (highest === undefined || each.capacity > highest.capacity)) highest = each;
  }
  return { highest, blind };
}

/**
 * The highest proposal. Lower than `desired` only if every policy that has something to say says less, and none is
 * blind: raising needs one, lowering needs all. When nothing was seen for too long: at least the fallback, and never
 * less than there is.
 */
export function combine(proposals: readonly Proposed[], desired: number, blindness?: Blindness): Combined {
  const { highest, blind } = outstanding(proposals);
  if (blind !== undefined && blindness !== undefined) {
    const { since: blindSince, after, capacity } = blindness;
    const least = Math.max(desired, capacity);
    const fallback: Reason = { code: "fallback", data: { capacity, blindSince, after } };
    if ((highest?.capacity ?? 0) <= least) return { capacity: least, reasons: [blind.reason, fallback] };
  }
  if (highest === undefined) {
    return { capacity: desired, reasons: [blind?.reason ?? { code: "nothingAsked", data: {} }] };
  }
  if (blind === undefined || highest.capacity >= desired) {
    return { capacity: highest.capacity, reasons: [highest.reason] };
  }
  const blocked: Reason = { code: "scaleInNeedsAll", data: { policy: blind.policy, capacity: highest.capacity } };
  return { capacity: desired, reasons: [highest.reason, blind.reason, blocked] };
}

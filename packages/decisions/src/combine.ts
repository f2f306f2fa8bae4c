import type { Proposed } from "./model.ts";
import type { Reason } from "./reasons.ts";

export type Combined = { capacity: number; reasons: Reason[] };

/**
 * The highest proposal. Lower than `desired` only if every policy that has something to say says less, and none is
 * blind: raising needs one, lowering needs all.
 */
export function combine(proposals: readonly Proposed[], desired: number): Combined {
  let highest: { capacity: number; reason: Reason } | undefined;
  let blind: Proposed | undefined;
  for (const each of proposals) {
    if (each.is === "blind") blind ??= each;
    if (each.is === "proposes" && (highest === undefined || each.capacity > highest.capacity)) highest = each;
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

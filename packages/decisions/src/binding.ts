import type { Decision } from "./model.ts";
import type { Reason } from "./reasons.ts";

/**
 * The reason that settled a decision: the last one. That it is only said, in observe mode, comes after it and settles
 * nothing.
 */
export function bindingReason({ reasons }: Pick<Decision, "reasons">): Reason {
  return reasons.findLast(({ code }) => code !== "observing") ?? { code: "nothingAsked", data: {} };
}

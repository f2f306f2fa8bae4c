import type { Decision } from "@headroom/decisions/model";
import type { Reason } from "@headroom/decisions/reasons";

/** The reason that settled what is asked for. That a decision is only recommended comes after it, and is no reason for it. */
export function settlingReason({ reasons }: Decision): Reason {
  return reasons.findLast(({ code }) => code !== "observing") ?? { code: "nothingAsked", data: {} };
}

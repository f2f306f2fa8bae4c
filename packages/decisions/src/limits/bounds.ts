import type { Limit, LimitContext } from "./limit.ts";
import { leastAllowed } from "./rate.ts";

/** The bounds in force: configured ones, or an operator's in their place. The maximum wins over the minimum. */
export function boundsOf(context: Pick<LimitContext, "settings" | "leases">): { min: number; max: number } {
  const granted = context.leases.filter((lease) => lease.kind === "limit");
  const min = granted.find((lease) => lease.min !== undefined)?.min ?? context.settings.min;
  const max = granted.find((lease) => lease.max !== undefined)?.max ?? context.settings.max;
  return { min: Math.min(min, max), max };
}

/**
 * Always the last word on capacity. Below the minimum it jumps there; above the maximum it comes down at the configured
 * rate, because what runs above it may be serving.
 */
export const bounds: Limit = (capacity, context) => {
  const { min, max } = boundsOf(context);
  if (capacity < min) return { capacity: min, reason: { code: "belowMin", data: { capacity, min } } };
  if (capacity <= max) return undefined;
  if (context.desired <= max) return { capacity: max, reason: { code: "atMax", data: { capacity, max } } };
  const down = Math.max(max, leastAllowed(context.settings.rate.in, context));
  return { capacity: down, reason: { code: "aboveMax", data: { desired: context.desired, max, capacity: down } } };
};

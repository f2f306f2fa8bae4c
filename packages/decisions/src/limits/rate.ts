import type { Rate } from "../config/limits.ts";
import type { Limit, LimitContext } from "./limit.ts";
import { countsFrom } from "./pace.ts";

type PerPeriod = Rate["allow"][number];

/** The capacity at the beginning of a period, as far as our own changes since then go. */
function capacityBefore(context: LimitContext, seconds: number): number {
  const { memory, at, tick, desired } = context;
  return memory.actions
    .filter((action) => action.by === "headroom" && countsFrom(action, tick) > at - seconds)
    .reduce((capacity, action) => capacity - (action.to - action.from), desired);
}

function highest(allowed: PerPeriod, context: LimitContext): number {
  const start = capacityBefore(context, allowed.per);
  if ("units" in allowed) return start + allowed.units;
  return Math.max(start + 1, Math.ceil((start * (100 + allowed.percent)) / 100));
}

function lowest(allowed: PerPeriod, context: LimitContext): number {
  const start = capacityBefore(context, allowed.per);
  return "units" in allowed ? start - allowed.units : Math.trunc((start * (100 - allowed.percent)) / 100);
}

/** The highest capacity that may be set now. The arithmetic is that of HPA's scaling policies. */
export function mostAllowed(rate: Rate, context: LimitContext): number {
  const each = rate.allow.map((allowed) => highest(allowed, context));
  return Math.max(context.desired, rate.select === "loosest" ? Math.max(...each) : Math.min(...each));
}

/** The lowest capacity that may be set now; without a rate, 0. */
export function leastAllowed(rate: Rate | undefined, context: LimitContext): number {
  if (rate === undefined) return 0;
  const each = rate.allow.map((allowed) => lowest(allowed, context));
  return Math.min(context.desired, Math.max(0, rate.select === "loosest" ? Math.min(...each) : Math.max(...each)));
}

/** Capacity changes by at most so many units or per cent within a period. */
export const rate: Limit = (capacity, context) => {
  const { in: inward, out } = context.settings.rate;
  if (capacity > context.desired && out !== undefined) {
    const allowed = mostAllowed(out, context);
    return capacity <= allowed
      ? undefined
      : { capacity: allowed, reason: { code: "rateOut", data: { capacity, allowed } } };
  }
  if (capacity < context.desired && inward !== undefined) {
    const allowed = leastAllowed(inward, context);
    return capacity >= allowed
      ? undefined
      : { capacity: allowed, reason: { code: "rateIn", data: { capacity, allowed } } };
  }
  return undefined;
};

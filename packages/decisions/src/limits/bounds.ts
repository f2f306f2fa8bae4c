import type { Lease } from "../model.ts";
import { openBounds } from "../schedule/open.ts";
import type { Open } from "../schedule/window.ts";
import { busyUnits, interlock } from "./interlocks.ts";
import type { Bound, Limit, LimitContext } from "./limit.ts";
import { leastAllowed } from "./rate.ts";

type Bounds = { min: number; max: number };

/** The configured bounds, within them the schedule's, and in their place an operator's. The maximum wins. */
export function boundsOf({ settings, leases, at }: Pick<LimitContext, "settings" | "leases" | "at">): Bounds {
  return boundsWith(openBounds(settings.policies, at), settings, leases);
}

/** `boundsOf`, when what schedules say is known. */
export function boundsWith({ floor, ceiling }: Open, settings: Bounds, leases: readonly Lease[]): Bounds {
  const granted = leases.filter((lease) => lease.kind === "limit");
  const within = (value: number) => Math.max(settings.min, Math.min(settings.max, value));
  const max = granted.find((lease) => lease.max !== undefined)?.max ?? within(ceiling);
  const min = granted.find((lease) => lease.min !== undefined)?.min ?? within(floor);
  return { min: Math.min(min, max), max };
}

/** What the resource itself allows. In floor mode its minimum is what is set, and no bound. */
function ownBounds({ capacity, settings }: LimitContext): { min: number; max: number } {
  const min = settings.mode === "floor" ? undefined : capacity.minimum;
  return { min: min ?? 0, max: capacity.maximum ?? Number.POSITIVE_INFINITY };
}

function atLeast(capacity: number, min: number, own: number): Bound | undefined {
  if (capacity >= Math.max(min, own)) return undefined;
  if (own > min) return { capacity: own, reason: { code: "belowResourceMin", data: { capacity, min: own } } };
  return { capacity: min, reason: { code: "belowMin", data: { capacity, min } } };
}

/**
 * Always the last word on capacity. Below the minimum it jumps there; above the maximum it comes down at the configured
 * rate, and not while an interlock or busy units forbid it, because what runs above it may be serving. What is outside of
 * the resource's own bounds AWS refuses, or undoes.
 */
export const bounds: Limit = (capacity, context) => {
  const { max } = context.bounds;
  const own = ownBounds(context);
  const top = Math.min(max, own.max);
  const lowest = atLeast(capacity, context.bounds.min, own.min);
  const wanted = lowest?.capacity ?? capacity;
  if (wanted <= top) return lowest;
  if (context.desired <= top) {
    const code = own.max < max ? ("atResourceMax" as const) : ("atMax" as const);
    return { capacity: top, reason: { code, data: { capacity: wanted, max: top } } };
  }
  const down = Math.max(top, leastAllowed(context.settings.rate.in, context));
  const held = interlock(top, context) ?? busyUnits(top, context);
  if (held !== undefined && held.capacity > down) return held;
  return { capacity: down, reason: { code: "aboveMax", data: { desired: context.desired, max: top, capacity: down } } };
};

import { knownSince } from "../capacity.ts";
import type { Bound, LimitContext } from "./limit.ts";

/** Proposals within the window, each with its instant; a look that saw nothing counts as what was set then. */
function proposalsSince(context: LimitContext, since: number): { at: number; capacity: number }[] {
  return context.memory.ring
    .filter((moment) => moment.at >= since && moment.at < context.at)
    .map((moment) => ({ at: moment.at, capacity: moment.proposal ?? moment.desired }));
}

/** Seconds until SQS's approximate counts have settled after producers stop (its developer guide, GetQueueAttributes). */
const ZERO_SETTLES_SECONDS = 60;

/** The window to look back on. That nothing is needed at all has to have been so for a minute. */
function windowTo(capacity: number, { settings, bounds }: LimitContext): number {
  const window = settings.stabilisation.in;
  return capacity === 0 && bounds.min === 0 ? Math.max(window, ZERO_SETTLES_SECONDS) : window;
}

function inward(capacity: number, context: LimitContext): Bound | undefined {
  const window = windowTo(capacity, context);
  if (window === 0) return undefined;
  const known = knownSince(context.memory.ring, context.at, context.tick);
  if (known > context.at - window) {
    return {
      capacity: context.desired,
      reason: { code: "memoryTooShort", data: { known: context.at - known, window, capacity } },
    };
  }
  const highest = proposalsSince(context, context.at - window).reduce((a, b) => (b.capacity >= a.capacity ? b : a), {
    at: context.at,
    capacity,
  });
  const result = Math.min(context.desired, highest.capacity);
  if (result === capacity) return undefined;
  return {
    capacity: result,
    reason: { code: "stabilisingIn", data: { window, capacity, highest: highest.capacity, at: highest.at } },
  };
}

function outward(capacity: number, context: LimitContext): Bound | undefined {
  const window = context.settings.stabilisation.out;
  if (window === 0) return undefined;
  const known = knownSince(context.memory.ring, context.at, context.tick);
  const start = { at: known, capacity: known > context.at - window ? context.desired : capacity };
  const lowest = proposalsSince(context, context.at - window).reduce(
    (a, b) => (b.capacity <= a.capacity ? b : a),
    start,
  );
  const result = Math.max(context.desired, Math.min(capacity, lowest.capacity));
  if (result === capacity) return undefined;
  return {
    capacity: result,
    reason: { code: "stabilisingOut", data: { window, capacity, lowest: lowest.capacity, at: lowest.at } },
  };
}

/**
 * Capacity falls only to the highest proposal of the window, and rises only to the lowest of its own: the form of
 * Kubernetes' HPA. A gap in what is known of the window forbids lowering.
 */
export function stabilisation(capacity: number, context: LimitContext): Bound | undefined {
  if (capacity < context.desired) return inward(capacity, context);
  return capacity > context.desired ? outward(capacity, context) : undefined;
}

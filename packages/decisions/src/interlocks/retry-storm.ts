import type { Interlock, InterlockContext } from "./interlock.ts";

/** The most that was proposed within the window that scaling in looks back on. */
function recentDemand({ memory, settings, at }: InterlockContext): number {
  const since = at - Math.max(600, settings.stabilisation.in);
  const proposals = memory.ring.filter((moment) => moment.at >= since).map((moment) => moment.proposal ?? 0);
  return Math.max(0, ...proposals);
}

const MAX_AGE_SECONDS = 1800;

/**
 * Whether a storm that has begun goes on: the highest proposal leaves the window before it is over, but while it lasts
 * what is set is held at what was needed before.
 */
function isLasting({ memory, at, combined, desired }: InterlockContext, collapse: number): boolean {
  const since = memory.interlocks["retry-storm"];
  return since !== undefined && at - since <= MAX_AGE_SECONDS && combined < collapse * desired;
}

/**
 * Demand falls far below what it just was while errors are there: the clients have given up, and will all be back at
 * once (what Netflix built Scryer for). Without a trusted error count nothing is known, and nothing restrained.
 */
export const retryStorm: Interlock = {
  name: "retry-storm",
  restrains: "in",
  maxAge: MAX_AGE_SECONDS,
  open(context) {
    const guard = context.settings.guards.retryStorm;
    if (guard === undefined) return undefined;
    const errors = context.metric(guard.errors);
    if (errors.is !== "value" || errors.value <= guard.above) return undefined;
    if (!isLasting(context, guard.collapse) && context.combined >= guard.collapse * recentDemand(context)) {
      return undefined;
    }
    return `demand collapsed while there are ${Math.round(errors.value)} errors a period`;
  },
};

import type { Interlock, InterlockContext } from "./interlock.ts";

/** The most that was proposed within the window that scaling in looks back on. */
function recentDemand({ memory, settings, at }: InterlockContext): number {
  const since = at - Math.max(600, settings.stabilisation.in);
  const proposals = memory.ring.filter((moment) => moment.at >= since).map((moment) => moment.proposal ?? 0);
  return Math.max(0, ...proposals);
}

/**
 * Demand falls far below what it just was while errors are there: the clients have given up, and will all be back at
 * once (what Netflix built Scryer for). Without a trusted error count nothing is known, and nothing restrained.
 */
export const retryStorm: Interlock = {
  name: "retry-storm",
  restrains: "in",
  maxAge: 1800,
  open(context) {
    const guard = context.settings.guards.retryStorm;
    if (guard === undefined) return undefined;
    const errors = context.metric(guard.errors);
    if (errors.is !== "value" || errors.value <= guard.above) return undefined;
    const before = recentDemand(context);
    const wasOpen = context.memory.interlocks["retry-storm"] !== undefined;
    // Once it is open the errors keep it open: the highest proposal leaves the window before the storm is over.
    if (!wasOpen && context.combined >= guard.collapse * before) return undefined;
    return `demand collapsed while there are ${Math.round(errors.value)} errors a period`;
  },
};

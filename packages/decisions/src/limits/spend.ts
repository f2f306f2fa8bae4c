import type { Spend } from "../config/guards.ts";
import type { Usage } from "../model.ts";
import type { Limit, LimitContext } from "./limit.ts";

const HOUR = 3600;
/** Stretches into which the budget's time is cut: more would be exact to no purpose. */
const STRETCHES = 24;

/** Unit-hours used since then: of a stretch that began earlier, the share that reaches into it. */
function unitHours(usage: readonly Usage[], since: number, at: number): number {
  const seconds = usage.reduce((sum, { from, unitSeconds }, index) => {
    const end = usage[index + 1]?.from ?? at;
    const share = from >= since ? 1 : Math.max(0, (end - since) / (end - from));
    return sum + share * unitSeconds;
  }, 0);
  return seconds / HOUR;
}

/**
 * Adds what was used since the last look, however long ago that was (units cost while nobody looks), and lets go of what
 * is older than the budget's time.
 */
export function usageAfter(context: Pick<LimitContext, "memory" | "settings" | "at" | "capacity">): Usage[] {
  const { memory, settings, at, capacity } = context;
  if (settings.spend === undefined) return [];
  const { per } = settings.spend;
  const looked = memory.ring.at(-1);
  const seconds = looked === undefined ? 0 : Math.min(at - looked.at, per);
  const unitSeconds = Math.max(capacity.running, capacity.desired) * seconds;
  const kept = memory.usage.filter((_, index) => (memory.usage[index + 1]?.from ?? at) > at - per);
  const last = kept.at(-1);
  if (last !== undefined && at - last.from < per / STRETCHES) {
    return [...kept.slice(0, -1), { from: last.from, unitSeconds: last.unitSeconds + unitSeconds }];
  }
  return [...kept, { from: at, unitSeconds }];
}

/** The most units whose pace stays within so many times the budget's own. */
function paceLimit(spend: Spend): number {
  if (spend.breaker === undefined) return Number.POSITIVE_INFINITY;
  return Math.floor((spend.breaker * spend.budget * HOUR) / (spend.per * spend.unitHour));
}

/**
 * Caps increases by money, and never lowers: none when the budget of the time looked back on is used up, and none to a
 * pace that would use it up `breaker` times too fast.
 */
export const spend: Limit = (capacity, context) => {
  const guard = context.settings.spend;
  if (guard === undefined || capacity <= context.desired) return undefined;
  const { budget, per } = guard;
  const spent = unitHours(context.memory.usage, context.at - per, context.at) * guard.unitHour;
  if (spent >= budget) {
    return { capacity: context.desired, reason: { code: "budgetSpent", data: { capacity, spent, budget, per } } };
  }
  const most = Math.max(context.desired, paceLimit(guard));
  if (capacity <= most) return undefined;
  return { capacity: most, reason: { code: "burningBudget", data: { capacity, most, budget, per } } };
};

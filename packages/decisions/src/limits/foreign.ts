import type { Action } from "../model.ts";
import type { Limit, LimitContext } from "./limit.ts";

const HOUR = 3600;
/** For so many ticks a write that could not be set back at once is still set back. */
const TICKS_TO_SET_BACK = 2.5;

/** How often within the last hour a foreign write was set back: a write of ours that followed at once on what they set. */
export function restoresWithinHour({ memory, at, tick }: Pick<LimitContext, "memory" | "at" | "tick">): number {
  const recent = memory.actions.filter((action) => action.at > at - HOUR);
  return recent.filter((action, index) => {
    const before = recent[index - 1];
    if (action.by !== "headroom" || before?.by !== "foreign") return false;
    return before.to === action.from && action.at - before.at <= (TICKS_TO_SET_BACK + 1) * tick;
  }).length;
}

/** What was there before somebody else wrote, however often they wrote since our last change. */
function before(actions: readonly Action[]): Action | undefined {
  const ours = actions.findLastIndex(({ by }) => by === "headroom");
  return actions[ours + 1];
}

/**
 * What somebody else set is set back to what was there, or to what policies ask for if that is more, where the
 * configuration says so; at most so often an hour. After that it is taken as it is, and a person is told: no write wars.
 */
export const foreignRestore: Limit = (capacity, context) => {
  const { settings, memory, at, tick, desired } = context;
  const last = memory.actions.at(-1);
  const first = before(memory.actions);
  if (settings.foreignWrites.policy !== "restore" || last?.by !== "foreign" || last.to !== desired) return undefined;
  const back = Math.max(first?.from ?? 0, capacity);
  if (back === desired) return undefined;
  if (at - last.at > TICKS_TO_SET_BACK * tick) return undefined;
  const times = restoresWithinHour(context);
  if (times < settings.foreignWrites.atMostPerHour) {
    const reason = { code: "restoring" as const, data: { from: desired, to: back, times } };
    return { capacity: back, reason, unpaced: true };
  }
  return last.at === at ? { capacity, reason: { code: "restoredOften", data: { to: desired } } } : undefined;
};

/** What somebody else set is left alone for a while. */
export const foreignHold: Limit = (capacity, { settings, memory, at, desired }) => {
  if (settings.foreignWrites.policy !== "hold" || capacity === desired) return undefined;
  const last = memory.actions.findLast((action) => action.by === "foreign");
  if (last === undefined) return undefined;
  const until = last.at + settings.foreignWrites.duration;
  if (at >= until) return undefined;
  return {
    capacity: desired,
    reason: { code: "foreignHeld", data: { capacity, from: last.from, to: last.to, at: last.at, until } },
  };
};

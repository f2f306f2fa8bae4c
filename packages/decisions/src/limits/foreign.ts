import type { Limit, LimitContext } from "./limit.ts";

const HOUR = 3600;
/** For so many ticks a write that could not be set back at once is still set back. */
const TICKS_TO_SET_BACK = 2.5;

/** How often within the last hour a foreign write was set back: a write of ours from what they set to what was there. */
export function restoresWithinHour({ memory, at }: Pick<LimitContext, "memory" | "at">): number {
  const recent = memory.actions.filter((action) => action.at > at - HOUR);
  return recent.filter((action, index) => {
    const before = recent[index - 1];
    return (
      action.by === "headroom" && before?.by === "foreign" && before.to === action.from && before.from === action.to
    );
  }).length;
}

/**
 * What somebody else set is set back to what was there, where the configuration says so: whatever policies ask for, and
 * at most so often an hour. After that it is taken as it is, and a person is told: no write wars.
 */
export const foreignRestore: Limit = (capacity, context) => {
  const { settings, memory, at, tick, desired } = context;
  const last = memory.actions.at(-1);
  if (settings.foreignWrites.policy !== "restore" || last?.by !== "foreign" || last.to !== desired) return undefined;
  if (at - last.at > TICKS_TO_SET_BACK * tick) return undefined;
  const times = restoresWithinHour(context);
  if (times < settings.foreignWrites.atMostPerHour) {
    const reason = { code: "restoring" as const, data: { from: desired, to: last.from, times } };
    return { capacity: last.from, reason, unpaced: true };
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

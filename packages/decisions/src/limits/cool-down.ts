import type { Limit } from "./limit.ts";
import { countsFrom } from "./pace.ts";

/**
 * After a change capacity rests. Falling waits for the last change, and for what it added to warm up; rising waits for
 * the last rise of our own, since units on their way are in `desired` already.
 */
export const coolDown: Limit = (capacity, context) => {
  const { settings, memory, at, tick, desired } = context;
  if (capacity < desired) {
    const last = memory.actions.at(-1);
    if (last === undefined) return undefined;
    const warmUp = last.to > last.from ? settings.warmUp : 0;
    const until = countsFrom(last, tick) + warmUp + settings.coolDown.in;
    if (at >= until) return undefined;
    return {
      capacity: desired,
      reason: { code: "coolingDownIn", data: { until, changed: last.at, from: last.from, to: last.to } },
    };
  }
  if (capacity > desired && settings.coolDown.out > 0) {
    const last = memory.actions.findLast((action) => action.by === "headroom" && action.to > action.from);
    const until = last === undefined ? at : countsFrom(last, tick) + settings.coolDown.out;
    if (last === undefined || at >= until) return undefined;
    return {
      capacity: desired,
      reason: { code: "coolingDownOut", data: { until, changed: last.at, from: last.from, to: last.to } },
    };
  }
  return undefined;
};

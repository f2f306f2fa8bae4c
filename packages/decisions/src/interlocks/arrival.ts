import { knownSince } from "../capacity.ts";
import type { Interlock, InterlockContext } from "./interlock.ts";

/** Of a large fleet a few units are always away; asking for more makes sense as long as most of what was asked came. */
const ENOUGH = 0.9;

/** How many units should serve by now, and the most that did. */
function arrivals({ memory, at, capacity, desired }: InterlockContext, patience: number) {
  const looks = memory.ring.filter((look) => look.at > at - patience);
  return {
    asked: Math.min(desired, ...looks.map((look) => look.desired)),
    came: Math.max(capacity.ready, ...looks.map((look) => look.ready)),
  };
}

/**
 * Units that were asked for longer than twice the warm-up ago, all the time, and never served: asking for more would be
 * more of the same. Units that a deployment replaces are away for another reason.
 */
export const arrival: Interlock = {
  name: "capacity-did-not-arrive",
  restrains: "out",
  maxAge: 3600,
  open(context) {
    const { memory, settings, at, tick, capacity } = context;
    if (settings.mode === "floor" || capacity.deploying) return undefined;
    const patience = arrivalPatience(settings.warmUp, tick);
    if (knownSince(memory.ring, at, tick) > at - patience) return undefined;
    const { asked, came } = arrivals(context, patience);
    if (came >= ENOUGH * asked) return undefined;
    return `${asked} were asked for longer than twice the warm-up ago, and not more than ${came} have served since`;
  },
};

/** Seconds by which units that were asked for should serve. */
export function arrivalPatience(warmUp: number, tick: number): number {
  return 2 * Math.max(warmUp, tick);
}

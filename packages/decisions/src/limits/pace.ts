import type { Action } from "../model.ts";

/**
 * From when on rates and cool-downs count a change: the tick within which it was made. It was made some seconds after
 * the tick was due, and ticks look at what was due: counted from when it was made, each period would last one tick more.
 */
export function countsFrom({ at, decidedAt = at }: Action, tick: number): number {
  return decidedAt + Math.max(0, Math.floor((at - decidedAt) / tick)) * tick;
}

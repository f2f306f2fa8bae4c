import type { Points } from "./points.ts";

/**
 * What a counter gained at each point, for each step since the point before. Where it fell it began again at 0: what it
 * shows is what it gained since. The first point has no gain and is left out.
 */
export function gainsOf({ at, value, saturated }: Points, step: number): { points: Points; resets: number } {
  const gains = new Float64Array(Math.max(0, at.length - 1));
  let resets = 0;
  for (let index = 1; index < at.length; index += 1) {
    const now = value[index] ?? 0;
    const before = value[index - 1] ?? 0;
    if (now < before) resets += 1;
    const steps = Math.max(1, Math.round(((at[index] ?? 0) - (at[index - 1] ?? 0)) / step));
    gains[index - 1] = (now < before ? now : now - before) / steps;
  }
  return { points: { at: at.slice(1), value: gains, saturated: saturated?.slice(1) }, resets };
}

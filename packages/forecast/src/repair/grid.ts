import { AT_LEAST, KNOWN, UNKNOWN } from "../series.ts";
import type { Points } from "./points.ts";

/** Points on a regular grid; what is missing is NaN and not known. `values` is what will be repaired. */
export type Gridded = {
  start: number;
  step: number;
  values: Float64Array;
  known: Uint8Array;
  duplicates: number;
  missing: number;
};

/** So many neighbours are looked at for the step. */
const LOOKED_AT = 500;

/** The commonest distance of neighbours, in seconds, the smallest of those that tie; 0 when there is none. */
export function commonStep({ at }: Points): number {
  const counts = new Map<number, number>();
  for (let index = Math.max(1, at.length - LOOKED_AT); index < at.length; index += 1) {
    const apart = (at[index] ?? 0) - (at[index - 1] ?? 0);
    if (apart > 0) counts.set(apart, (counts.get(apart) ?? 0) + 1);
  }
  let [step, most] = [0, 0];
  for (const [apart, count] of counts) {
    if (count > most || (count === most && apart < step)) [step, most] = [apart, count];
  }
  return step;
}

/**
 * Puts each point into the step that it is nearest to, up to the last step that ends by `now`. Of two in one step the
 * larger counts: what was read before its interval was over is too low. `isRegular` says that points are a step apart.
 */
export function onGrid({ at, value, saturated }: Points, step: number, now: number, isRegular = false): Gridded {
  const start = at[0] ?? now;
  const length = Math.max(0, Math.floor((now - start) / step));
  if (saturated === undefined && isRegular && at.length >= length) {
    const known = new Uint8Array(length).fill(KNOWN);
    return { start, step, values: value.slice(0, length), known, duplicates: 0, missing: 0 };
  }
  const values = new Float64Array(length).fill(Number.NaN);
  const known = new Uint8Array(length);
  let [duplicates, missing] = [0, length];
  for (let index = 0; index < at.length; index += 1) {
    const position = Math.round(((at[index] ?? 0) - start) / step);
    if (position >= length) continue;
    const load = value[index] ?? 0;
    if (known[position] === UNKNOWN) {
      missing -= 1;
    } else {
      duplicates += 1;
      if (load <= (values[position] ?? 0)) continue;
    }
    values[position] = load;
    known[position] = saturated?.[index] ? AT_LEAST : KNOWN;
  }
  return { start, step, values, known, duplicates, missing };
}

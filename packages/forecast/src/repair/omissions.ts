import { DAY, HOUR } from "../history.ts";
import { UNKNOWN } from "../series.ts";
import type { Gridded } from "./grid.ts";

/** Zeros for as long as this, where there is load at the same time of another day, are an outage and no demand. */
const OUTAGE = HOUR;
/** What counts as load at that time: this part of the mean. */
const USUAL = 0.25;
const WEEK = 7;

function forget(grid: Gridded, from: number, to: number): void {
  const { values, known } = grid;
  for (let at = from; at < to; at += 1) if (known[at] !== UNKNOWN) grid.missing += 1;
  values.fill(Number.NaN, from, to);
  known.fill(UNKNOWN, from, to);
}

function meanKnown({ values, known }: Gridded, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let at = Math.max(0, from); at < Math.min(to, values.length); at += 1) {
    if (known[at] === UNKNOWN) continue;
    sum += values[at] ?? 0;
    count += 1;
  }
  return count > 0 ? sum / count : Number.NaN;
}

/** Leaves out the days of which `excluded` holds the number (days since 1970-01-01). Returns how many were found. */
export function omitDays(grid: Gridded, excluded: ReadonlySet<number>): number {
  const { start, step, values } = grid;
  let found = 0;
  for (const day of excluded) {
    const from = Math.max(0, Math.ceil((day * DAY - start) / step));
    const to = Math.min(values.length, Math.ceil(((day + 1) * DAY - start) / step));
    if (from >= to) continue;
    forget(grid, from, to);
    found += 1;
  }
  return found;
}

/** Means of the same stretch so many days before and after, where they are known. */
function besides(grid: Gridded, from: number, to: number, steps: number): number[] {
  const sides = [meanKnown(grid, from - steps, to - steps), meanKnown(grid, from + steps, to + steps)];
  return sides.filter((mean) => !Number.isNaN(mean));
}

/**
 * Leaves out outages that are over: where there is load on either side as far as it is known, and not no load every week.
 * What lasts to the end may be the new demand, what begins the history may be before there was any: they stay.
 * Returns how many.
 */
export function omitOutages(grid: Gridded): number {
  const { values, step } = grid;
  const day = Math.round(DAY / step);
  const least = Math.max(2, Math.round(OUTAGE / step));
  let found = 0;
  let mean: number | undefined;
  for (let from = 0; from < values.length; from += 1) {
    if (values[from] !== 0) continue;
    let to = from + 1;
    while (to < values.length && values[to] === 0) to += 1;
    if (to - from >= least && from > 0 && to < values.length) {
      mean ??= meanKnown(grid, 0, values.length);
      const days = Math.ceil((to - from) / day) * day;
      const sides = besides(grid, from, to, days);
      const isUsual = (load: number) => load > USUAL * (mean ?? 0);
      if (sides.length > 0 && [...sides, ...besides(grid, from, to, WEEK * day)].every(isUsual)) {
        forget(grid, from, to);
        found += 1;
      }
    }
    from = to;
  }
  return found;
}

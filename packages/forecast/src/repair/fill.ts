import { AT_LEAST, KNOWN, UNKNOWN } from "../series.ts";
import type { Gridded } from "./grid.ts";

/** Gaps up to this part of a day are bridged by a straight line; in longer ones other days say what it was like. */
const SHORT = 1 / 48;

/** Days back (and ahead, below 0) that may say what a step was like: weeks first, a weekend is not like a Monday. */
const NEIGHBOURS = [
  [7, -7],
  [1, -1],
  [2, -2],
  [3, -3],
];

/** The mean of the nearest days to either side of which this time is known to the last unit; NaN when there is none. */
function fromOtherDays({ values, known }: Gridded, at: number, day: number): number {
  for (const pair of NEIGHBOURS) {
    let [sum, found] = [0, 0];
    for (const days of pair) {
      const other = at - days * day;
      if (known[other] !== KNOWN) continue;
      sum += values[other] ?? 0;
      found += 1;
    }
    if (found > 0) return sum / found;
  }
  return Number.NaN;
}

function fillGap(grid: Gridded, from: number, to: number, day: number): void {
  const { values } = grid;
  const before = from > 0 ? values[from - 1] : values[to];
  const after = to < values.length ? values[to] : before;
  const long = to - from > Math.max(1, SHORT * day);
  for (let at = from; at < to; at += 1) {
    const seasonal = long ? fromOtherDays(grid, at, day) : Number.NaN;
    const line = (before ?? 0) + (((after ?? 0) - (before ?? 0)) * (at - from + 1)) / (to - from + 1);
    values[at] = Number.isNaN(seasonal) ? line : seasonal;
  }
}

/** Fills what is missing, which stays marked as unknown. Returns the gaps: how many, and how many steps in all. */
export function fillGaps(grid: Gridded, day: number): { gaps: number; steps: number } {
  const { values, known } = grid;
  let [gaps, steps] = [0, 0];
  for (let from = 0; from < values.length; from += 1) {
    if (known[from] !== UNKNOWN) continue;
    let to = from + 1;
    while (to < values.length && known[to] === UNKNOWN) to += 1;
    fillGap(grid, from, to, day);
    gaps += 1;
    steps += to - from;
    from = to;
  }
  return { gaps, steps };
}

/** Raises what experts read of saturated steps to what other days say, where that is more. Returns how many steps. */
export function raiseSaturated(grid: Gridded, day: number): number {
  const { values, known } = grid;
  let steps = 0;
  for (let at = 0; at < values.length; at += 1) {
    if (known[at] !== AT_LEAST) continue;
    steps += 1;
    const usual = fromOtherDays(grid, at, day);
    if (usual > (values[at] ?? 0)) values[at] = usual;
  }
  return steps;
}

import { DAY, HOUR } from "./history.ts";

/**
 * Load on a regular grid, ready to be asked: every mean over a stretch of it is two reads. Positions count from 0 at
 * `start`; an origin `o` knows what is before position `o`.
 */
export type Series = {
  /** Epoch seconds of position 0, and the width of a step in seconds. */
  start: number;
  step: number;
  length: number;
  /** What experts read: filled where nothing was known, freak values damped. */
  values: Float64Array;
  /** What forecasts are judged by. */
  truth: Float64Array;
  /** 0 where the truth is not known, 2 where it was at least that much, else 1. */
  known: Uint8Array;
  /** Sum of the values before a position, and of their absolute changes. */
  sums: Float64Array;
  moves: Float64Array;
  /** Steps of an hour (at least 1), a day and a week. */
  hour: number;
  day: number;
  week: number;
  /** Mean value, and mean absolute change a step. */
  mean: number;
  roughness: number;
};

export const UNKNOWN = 0;
export const KNOWN = 1;
export const AT_LEAST = 2;

/** What the values of a series are made of: arrays of equal length. */
export type Grid = Pick<Series, "start" | "step" | "values" | "truth" | "known">;

/** Makes the sums from a position to before another anew. */
export function accumulate(series: Series, from: number, to: number): void {
  const { values, sums, moves } = series;
  let sum = sums[from] ?? 0;
  let moved = moves[from] ?? 0;
  let before = from > 0 ? (values[from - 1] ?? 0) : (values[0] ?? 0);
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? 0;
    sum += value;
    moved += Math.abs(value - before);
    before = value;
    sums[index + 1] = sum;
    moves[index + 1] = moved;
  }
  series.length = to;
  series.mean = to > 0 ? sum / to : 0;
  series.roughness = to > 1 ? moved / (to - 1) : 0;
}

/** A series of a grid, in one pass. */
export function seriesOf({ start, step, values, truth, known }: Grid): Series {
  const length = values.length;
  const series: Series = {
    ...{ start, step, length, values, truth, known },
    sums: new Float64Array(length + 1),
    moves: new Float64Array(length + 1),
    hour: Math.max(1, Math.round(HOUR / step)),
    day: Math.round(DAY / step),
    week: Math.round((7 * DAY) / step),
    mean: 0,
    roughness: 0,
  };
  accumulate(series, 0, length);
  return series;
}

function grown(array: Float64Array, size: number): Float64Array {
  const larger = new Float64Array(size);
  larger.set(array);
  return larger;
}

/**
 * The same series with one more step, as if it had been made of all of them: O(1) but for the doubling of its arrays now
 * and then. The old series must not be used any more.
 */
export function append(series: Series, value: number, known: number = KNOWN): Series {
  const at = series.length;
  const next = { ...series };
  if (at + 1 > series.values.length) {
    const size = 2 * (at + 1);
    next.values = grown(series.values, size);
    next.truth = grown(series.truth, size);
    next.sums = grown(series.sums, size + 1);
    next.moves = grown(series.moves, size + 1);
    next.known = new Uint8Array(size);
    next.known.set(series.known);
  }
  next.values[at] = value;
  next.truth[at] = value;
  next.known[at] = known;
  accumulate(next, at, at + 1);
  return next;
}

/** Mean of the values from a position to before another; both within the series, and in order. */
export function meanOf({ sums }: Series, from: number, to: number): number {
  return ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
}

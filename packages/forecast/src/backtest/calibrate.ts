import { bandsOf, type Errors } from "../bands/conformal.ts";
import { SCALES, scalesAt } from "../bands/scales.ts";
import type { Panel } from "../experts/registry.ts";
import { AT_LEAST, type Series } from "../series.ts";
import type { Effort } from "./effort.ts";
import { stack } from "./stack.ts";
import { type Trials, trialsOf } from "./trials.ts";
import { weigh } from "./weigh.ts";

/** What the mix said in each trial, and the scales that what it missed is measured in (`SCALES` a row). */
export type Said = { mixes: Float64Array; scales: Float64Array };

/** What the backtest says of one horizon. */
export type Knot = {
  horizon: number;
  /** Weights of the experts, and how many of each scale to add for each quantile. */
  weights: Float64Array;
  bands: Float64Array;
  trials: Trials;
  said: Said;
  /** Mean absolute error of the mix, and of repeating the day before, in the unit of the load. */
  error: number;
  naiveError: number;
};

/** Fewer trials than this say nothing: the horizon before has to do. */
const FEWEST = 6;

/** The mix of a row of forecasts, and how far the experts are from it on average, by the weights before correction. */
export function mixOf(forecasts: Float64Array, from: number, weights: Float64Array): number {
  let mix = 0;
  for (let e = 0; e < weights.length; e += 1) mix += (weights[e] ?? 0) * (forecasts[from + e] ?? 0);
  return mix;
}

export function spreadOf(forecasts: Float64Array, from: number, weights: Float64Array, mix: number): number {
  let spread = 0;
  for (let e = 0; e < weights.length; e += 1) {
    spread += Math.abs(weights[e] ?? 0) * Math.abs((forecasts[from + e] ?? 0) - mix);
  }
  return spread;
}

function saidIn(series: Series, trials: Trials, weights: Float64Array): Said {
  const mixes = new Float64Array(trials.count);
  const scales = new Float64Array(trials.count * SCALES);
  const at = new Float64Array(SCALES);
  for (let row = 0; row < trials.count; row += 1) {
    const from = row * weights.length;
    const mix = mixOf(trials.forecasts, from, weights);
    mixes[row] = mix;
    scalesAt(series, trials.origins[row] ?? 0, trials.horizon, spreadOf(trials.forecasts, from, weights, mix), at);
    scales.set(at, row * SCALES);
  }
  return { mixes, scales };
}

/** Errors in the trials: `missedIn` says what was missed in one, NaN where nobody knows. */
export function errorsOf(trials: Trials, said: Said, missedIn: (row: number) => number): Errors {
  const missed = new Float64Array(trials.count);
  const scales = new Float64Array(trials.count * SCALES);
  let count = 0;
  for (let row = 0; row < trials.count; row += 1) {
    const short = missedIn(row);
    if (Number.isNaN(short)) continue;
    missed[count] = short;
    for (let scale = 0; scale < SCALES; scale += 1) {
      scales[count * SCALES + scale] = said.scales[row * SCALES + scale] ?? 0;
    }
    count += 1;
  }
  const span = (trials.origins[0] ?? 0) - (trials.origins[trials.count - 1] ?? 0);
  return { count, missed: missed.subarray(0, count), scales, independent: 1 + span / trials.horizon };
}

/** What the mix missed in a trial, as if its own truth had not decided its weights; NaN where nobody knows. */
function shortIn({ truths, known }: Trials, { mixes }: Said, leverages: Float64Array | undefined, row: number): number {
  const short = (truths[row] ?? 0) - (mixes[row] ?? 0);
  if (known[row] === AT_LEAST && short < 0) return Number.NaN; // nobody knows by how much it was too high
  return short / (1 - (leverages?.[row] ?? 0));
}

function meanAbsolute(numbers: Float64Array): number {
  let sum = 0;
  for (const number of numbers) sum += Math.abs(number);
  return numbers.length > 0 ? sum / numbers.length : 0;
}

/** Mean absolute error of saying what was at the same time of the last day that is known. */
function naiveErrorOf({ values, day }: Series, { count, origins, truths, horizon }: Trials): number {
  let sum = 0;
  for (let row = 0; row < count; row += 1) {
    const then = (origins[row] ?? 0) - 1 + horizon - Math.ceil(horizon / day) * day;
    sum += Math.abs((truths[row] ?? 0) - (values[then] ?? 0));
  }
  return count > 0 ? sum / count : 0;
}

/** A horizon that is too far for the history: what was found for the one before, wider by the root of the distance. */
function stretched(before: Knot, horizon: number): Knot {
  const wider = Math.sqrt(horizon / before.horizon);
  return { ...before, horizon, bands: before.bands.map((band) => band * wider) };
}

/** Backtests each horizon, nearest first: weights of the experts and bands around their mix. */
export function calibrate(
  series: Series,
  panel: Panel,
  horizons: readonly number[],
  levels: readonly number[],
  effort: Effort,
): Knot[] {
  const knots: Knot[] = [];
  for (const horizon of horizons) {
    const before = knots.at(-1);
    const trials = trialsOf(series, panel, horizon, effort);
    if (before !== undefined && trials.count < FEWEST) {
      knots.push(stretched(before, horizon));
      continue;
    }
    const plain = weigh(series, trials, panel.names.length, effort.power);
    const { weights, leverages } =
      effort.ridge === undefined
        ? { weights: plain, leverages: undefined }
        : stack(series, trials, plain, effort.ridge);
    const said = saidIn(series, trials, weights);
    const errors = errorsOf(trials, said, (row) => shortIn(trials, said, leverages, row));
    const bands = bandsOf(errors, levels);
    const [error, naiveError] = [meanAbsolute(errors.missed), naiveErrorOf(series, trials)];
    knots.push({ horizon, weights, bands, trials, said, error, naiveError });
  }
  return knots;
}

import { localRoughness } from "../bands/scales.ts";
import { AT_LEAST, type Series } from "../series.ts";
import { factorise, solve, solveLower } from "./cholesky.ts";
import type { Trials } from "./trials.ts";

/** Residuals beyond this many times the mean one count less (Huber). */
const HUBER = 1.5;
/** An origin counts half as much as one that is so many times the trials newer. */
const HALF_LIFE = 2;
/** No trial is taken to have decided its own forecast by more than this. */
const MOST_LEVERAGE = 0.9;

/** Weights, and how much each trial's own truth pulled its forecast towards itself. */
export type Stacked = { weights: Float64Array; leverages: Float64Array };

type Rows = { inputs: Float64Array; residuals: Float64Array; counts: Float64Array };

/** What the experts differ from the mix by, and what the mix misses, in units of the local roughness. */
function rowsOf(series: Series, trials: Trials, weights: Float64Array): Rows {
  const experts = weights.length;
  const { count, forecasts, truths, origins, known } = trials;
  const inputs = new Float64Array(count * experts);
  const residuals = new Float64Array(count);
  const counts = new Float64Array(count);
  let size = 0;
  for (let row = 0; row < count; row += 1) {
    let mix = 0;
    for (let e = 0; e < experts; e += 1) mix += (weights[e] ?? 0) * (forecasts[row * experts + e] ?? 0);
    const scale = localRoughness(series, origins[row] ?? 0);
    const short = (truths[row] ?? 0) - mix;
    residuals[row] = (known[row] ?? 0) === AT_LEAST ? Math.max(0, short) / scale : short / scale;
    size += Math.abs(residuals[row] ?? 0);
    for (let e = 0; e < experts; e += 1)
      inputs[row * experts + e] = ((forecasts[row * experts + e] ?? 0) - mix) / scale;
  }
  const largest = (HUBER * size) / Math.max(1, count);
  for (let row = 0; row < count; row += 1) {
    const beyond = Math.abs(residuals[row] ?? 0);
    counts[row] = 0.5 ** (row / (HALF_LIFE * count)) * (beyond > largest ? largest / beyond : 1);
  }
  return { inputs, residuals, counts };
}

function accumulate({ inputs, residuals, counts }: Rows, experts: number): { gram: Float64Array; pull: Float64Array } {
  const gram = new Float64Array(experts * experts);
  const pull = new Float64Array(experts);
  for (let row = 0; row < residuals.length; row += 1) {
    const base = row * experts;
    const residual = residuals[row] ?? 0;
    for (let i = 0; i < experts; i += 1) {
      const input = (inputs[base + i] ?? 0) * (counts[row] ?? 0);
      pull[i] = (pull[i] ?? 0) + input * residual;
      for (let k = 0; k <= i; k += 1)
        gram[i * experts + k] = (gram[i * experts + k] ?? 0) + input * (inputs[base + k] ?? 0);
    }
  }
  return { gram, pull };
}

/**
 * Weights corrected by a ridge regression of what the mix missed on how the experts differed, held to the given weights
 * by `ridge` times the mean of the regression's diagonal. Weights may become negative and still add up to 1.
 */
export function stack(series: Series, trials: Trials, weights: Float64Array, ridge: number): Stacked {
  const experts = weights.length;
  const rows = rowsOf(series, trials, weights);
  const { gram, pull } = accumulate(rows, experts);
  let trace = 0;
  for (let e = 0; e < experts; e += 1) trace += gram[e * experts + e] ?? 0;
  if (!(trace > 0)) return { weights, leverages: new Float64Array(trials.count) };
  for (let e = 0; e < experts; e += 1) gram[e * experts + e] = (gram[e * experts + e] ?? 0) + (ridge * trace) / experts;
  factorise(gram, experts);
  solve(gram, pull, experts);
  const leverages = new Float64Array(trials.count);
  const input = new Float64Array(experts);
  for (let row = 0; row < trials.count; row += 1) {
    input.set(rows.inputs.subarray(row * experts, (row + 1) * experts));
    solveLower(gram, input, experts);
    let square = 0;
    for (const part of input) square += part * part;
    leverages[row] = Math.min(MOST_LEVERAGE, square * (rows.counts[row] ?? 0));
  }
  let gained = 0;
  for (const part of pull) gained += part;
  return { weights: weights.map((weight, e) => weight + (pull[e] ?? 0) - gained * weight), leverages };
}

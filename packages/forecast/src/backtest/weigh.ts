import { AT_LEAST, type Series } from "../series.ts";
import type { Trials } from "./trials.ts";

/** An origin counts half as much as one that is this part of the trials newer. */
const HALF_LIFE = 0.5;
/** No trial counts for more than this many times the usual change a step: a shift of level must not decide for days. */
const MOST = 20;
/** Errors below this part of the mean load are no difference. */
const NOTHING = 1e-9;

/**
 * Weights of the experts, which add up to 1: the inverse of each one's mean absolute error, to a power. Where demand was
 * at least the truth, only forecasts below it are wrong.
 */
export function weigh(series: Series, trials: Trials, experts: number, power: number): Float64Array {
  const { count, forecasts, truths, known } = trials;
  const errors = new Float64Array(experts);
  const fading = 0.5 ** (1 / (HALF_LIFE * Math.max(1, count)));
  let importance = 1;
  const most = MOST * series.roughness;
  for (let row = 0; row < count; row += 1) {
    const truth = truths[row] ?? 0;
    const bound = (known[row] ?? 0) === AT_LEAST;
    for (let expert = 0; expert < experts; expert += 1) {
      const short = truth - (forecasts[row * experts + expert] ?? 0);
      errors[expert] =
        (errors[expert] ?? 0) + importance * Math.min(most, bound ? Math.max(0, short) : Math.abs(short));
    }
    importance *= fading;
  }
  let least = Number.POSITIVE_INFINITY;
  const floor = NOTHING * series.mean * Math.max(1, count) + Number.MIN_VALUE;
  for (let expert = 0; expert < experts; expert += 1) {
    errors[expert] = (errors[expert] ?? 0) + floor;
    least = Math.min(least, errors[expert] ?? 0);
  }
  let total = 0;
  const weights = errors.map((error) => (least / error) ** power);
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}

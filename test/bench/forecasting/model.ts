/** What a model is asked: the values before an origin, a step apart, and how many steps ahead. */
export type Question = { at: Float64Array; value: Float64Array; now: number; step: number; horizon: number };

/** The quantiles 0.5 and 0.9 of each step. */
export type Answer = { median: ArrayLike<number>; upper: ArrayLike<number> };

export type Model = {
  name: string;
  /** Every so many origins it is asked: 1 unless it is so slow that the run would take hours. */
  every: number;
  answer(question: Question): Answer;
};

/** A quantile of numbers, interpolated. */
export function quantileOf(numbers: Float64Array, level: number): number {
  const sorted = numbers.toSorted();
  const rank = level * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? 0;
  return low + ((sorted[Math.ceil(rank)] ?? low) - low) * (rank % 1);
}

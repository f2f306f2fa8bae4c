import { SCALES } from "./scales.ts";

/** Errors of a backtest: what was missed, and the scales it is measured in (`SCALES` a row). */
export type Errors = {
  count: number;
  missed: Float64Array;
  scales: Float64Array;
  /** So many of them have nothing in common: forecasts of two days made an hour apart miss the same things. */
  independent: number;
};

/** How much more the better scale counts: the inverse of its loss to this power. */
const POWER = 8;

/** How much further out to read the errors when few are independent: this, by their number, of the way from 0.5. */
const CAUTION = 0.25;

function cautious(level: number, independent: number): number {
  return 0.5 + (level - 0.5) * (1 + CAUTION / Math.max(1, independent));
}

/** The quantile of sorted numbers as conformal prediction takes it: rank `level * (count + 1)`, interpolated. */
export function conformalQuantile(sorted: Float64Array, level: number): number {
  const count = sorted.length;
  if (count === 0) return 0;
  const rank = Math.min(count - 1, Math.max(0, level * (count + 1) - 1));
  const below = Math.floor(rank);
  const low = sorted[below] ?? 0;
  return low + ((sorted[Math.min(below + 1, count - 1)] ?? 0) - low) * (rank - below);
}

/** Mean pinball loss of saying that a quantile of what is missed is `bound` scales. Koenker and Bassett 1978. */
function pinball({ count, missed, scales }: Errors, scale: number, bound: number, level: number): number {
  let loss = 0;
  for (let row = 0; row < count; row += 1) {
    const beyond = (missed[row] ?? 0) - bound * (scales[row * SCALES + scale] ?? 0);
    loss += beyond > 0 ? level * beyond : (level - 1) * beyond;
  }
  return loss;
}

/**
 * How many of each scale to add to the point forecast to get a quantile, for every level: `SCALES` numbers a level. Each
 * scale gives a band of its own; they are mixed by their pinball loss in the backtest.
 */
export function bandsOf(errors: Errors, levels: readonly number[]): Float64Array {
  const bands = new Float64Array(levels.length * SCALES);
  const losses = new Float64Array(levels.length * SCALES);
  const ratios = new Float64Array(errors.count);
  for (let scale = 0; scale < SCALES; scale += 1) {
    for (let row = 0; row < errors.count; row += 1) {
      ratios[row] = (errors.missed[row] ?? 0) / (errors.scales[row * SCALES + scale] ?? 0);
    }
    ratios.sort();
    for (const [index, level] of levels.entries()) {
      const bound = conformalQuantile(ratios, cautious(level, errors.independent));
      bands[index * SCALES + scale] = bound;
      losses[index * SCALES + scale] = pinball(errors, scale, bound, level);
    }
  }
  for (let index = 0; index < levels.length; index += 1) {
    const own = losses.subarray(index * SCALES, (index + 1) * SCALES);
    const least = Math.min(...own) + Number.MIN_VALUE;
    let total = 0;
    for (let scale = 0; scale < SCALES; scale += 1) {
      own[scale] = (least / ((own[scale] ?? 0) + Number.MIN_VALUE)) ** POWER;
      total += own[scale] ?? 0;
    }
    for (let scale = 0; scale < SCALES; scale += 1) {
      const place = index * SCALES + scale;
      bands[place] = ((bands[place] ?? 0) * (own[scale] ?? 0)) / total;
    }
  }
  return bands;
}

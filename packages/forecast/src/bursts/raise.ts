import { conformalQuantile } from "../bands/conformal.ts";
import type { Series } from "../series.ts";
import { leastBurst, type Recurring } from "./recurring.ts";

/** Quantiles up to the middle stay: the point forecast says what is expected. */
const MIDDLE = 0.5;

/** What is needed of a forecast to raise it: steps ahead by the clock of the series, and what was said of each. */
export type Projected = {
  aheads: Int32Array;
  levels: readonly number[];
  point: Float64Array;
  quantiles: readonly Float64Array[];
};

/** The last hour that is known and the point forecast after it: the hour before step `index` begins at `index`. */
function pathOf({ values, length, hour }: Series, point: Float64Array): Float64Array {
  const path = new Float64Array(hour + point.length);
  path.set(values.subarray(length - hour, length));
  path.set(point, hour);
  return path;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * Raises the quantiles of the steps at which bursts recur, in place: to the mean of the hour before and the rises' own
 * quantile, at the levels above the middle at which that is a burst. Quantiles that did not cross do not cross then.
 */
export function raiseBursts(series: Series, recurring: readonly Recurring[], projected: Projected): void {
  if (recurring.length === 0) return;
  const { aheads, levels, point, quantiles } = projected;
  const { hour, length } = series;
  const path = pathOf(series, point);
  for (const { phase, rises } of recurring) {
    const above = levels.map((level) => (level > MIDDLE ? conformalQuantile(rises, level) : 0));
    for (const [index, ahead] of aheads.entries()) {
      if ((length - 1 + ahead) % hour !== phase) continue;
      const before = meanOf(path.subarray(index, index + hour));
      for (const [rank, quantile] of quantiles.entries()) {
        const rise = above[rank] ?? 0;
        if (rise > leastBurst(series)) quantile[index] = Math.max(quantile[index] ?? 0, before + rise);
      }
    }
  }
}

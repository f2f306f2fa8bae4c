import type { Series } from "../series.ts";

/** A quarter of the usual roughness is left in a calm hour: calm does not last. */
const LASTING = 0.25;
const DAYS = 7;

/**
 * What an error is measured in, so that errors of calm and of wild times can be compared: the usual roughness, that of
 * the last hours, the disagreement of the experts, and the roughness of this time of day. None is right for every load;
 * the backtest says how far to trust each.
 */
export const scaleNames = ["recent", "disagreement", "time of day"] as const;
export const SCALES = scaleNames.length;

/** Above zero, and so is its square: a load that is always zero has neither roughness nor mean. */
const TINY = 1e-100;

/** What keeps scales above zero, in the unit of the load. */
function leastScale(series: Series): number {
  return series.roughness + 1e-9 * series.mean + TINY;
}

/** Geometric mean of the usual roughness and that of the last three hours, in the unit of the load. */
export function localRoughness(series: Series, origin: number): number {
  const usual = leastScale(series);
  const window = Math.min(origin, Math.max(4, 3 * series.hour));
  const recent = ((series.moves[origin] ?? 0) - (series.moves[origin - window] ?? 0)) / window;
  return Math.sqrt((recent + LASTING * usual) * usual);
}

/** The same for the half hours around this time on the last days. */
function timeOfDayRoughness(series: Series, origin: number, horizon: number): number {
  const { moves, day, hour } = series;
  const usual = leastScale(series);
  const half = Math.max(1, Math.round(day / 96));
  const target = origin - 1 + horizon;
  const first = Math.ceil(horizon / day);
  let [sum, steps] = [0, 0];
  for (let ago = first; ago < first + DAYS; ago += 1) {
    const then = target - ago * day;
    if (then - hour < 1) break;
    const to = Math.min(then + half, origin);
    const from = Math.max(1, then - half);
    sum += (moves[to] ?? 0) - (moves[from] ?? 0);
    steps += to - from;
  }
  return Math.sqrt(((steps > 0 ? sum / steps : usual) + LASTING * usual) * usual);
}

/** Writes all scales, in the order of their names; `spread` is the weighted mean distance of the experts from the mix. */
export function scalesAt(series: Series, origin: number, horizon: number, spread: number, out: Float64Array): void {
  const usual = leastScale(series);

  out[0] = localRoughness(series, origin);
  out[1] = spread + 0.1 * usual;
  out[2] = timeOfDayRoughness(series, origin, horizon);
}

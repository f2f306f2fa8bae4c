/** A jump up and down again within two steps, this many times the usual change, is a freak. */
const FREAK = 12;
/** Unless this time of another day has seen half of it: then it belongs to the season. */
const SEEN = 0.5;

/**
 * Damps single freak values, to the larger of their neighbours: what experts read, not what forecasts are judged by.
 * The newest two steps are left alone: nobody knows yet. Returns how many were damped.
 */
export function dampOutliers(values: Float64Array, day: number): number {
  const length = values.length;
  if (length < 3) return 0;
  let change = 0;
  for (let at = 1; at < length; at += 1) change += Math.abs((values[at] ?? 0) - (values[at - 1] ?? 0));
  const limit = (FREAK * change) / (length - 1);
  if (!(limit > 0)) return 0;
  let damped = 0;
  for (let at = 2; at < length - 2; at += 1) {
    const value = values[at] ?? 0;
    const around = Math.max(values[at - 2] ?? 0, values[at + 2] ?? 0);
    if (value - around <= limit) continue;
    const past = around + SEEN * (value - around);
    if ([-7, -1, 1, 7].some((days) => busiestNear(values, at + days * day) > past)) continue;
    values[at] = around;
    damped += 1;
  }
  return damped;
}

function busiestNear(values: Float64Array, at: number): number {
  return Math.max(values[at - 1] ?? 0, values[at] ?? 0, values[at + 1] ?? 0);
}

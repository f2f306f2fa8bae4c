import { type Knot, mixOf, spreadOf } from "./backtest/calibrate.ts";
import { SCALES, scalesAt } from "./bands/scales.ts";
import type { Panel } from "./experts/registry.ts";
import type { Series } from "./series.ts";

/** Where a horizon lies between two knots: 0 at the first, 1 at the second. */
export function between(knots: readonly Knot[], horizon: number): { near: Knot; far: Knot; part: number } {
  const after = knots.findIndex((knot) => knot.horizon >= horizon);
  const far = knots[after === -1 ? knots.length - 1 : after];
  const near = knots[Math.max(0, (after === -1 ? knots.length : after) - 1)];
  if (near === undefined || far === undefined) throw new RangeError("no horizon was backtested");
  const part = far.horizon > near.horizon ? (horizon - near.horizon) / (far.horizon - near.horizon) : 1;
  return { near, far, part: Math.min(1, Math.max(0, part)) };
}

/**
 * Quantiles of each step from the end of the series: one array a level, none below 0, none below a lower level's.
 * `aheads` are the steps by the clock that the series is kept in: 1, 2, 3 unless clocks change.
 */
export function project(
  series: Series,
  panel: Panel,
  knots: readonly Knot[],
  aheads: Int32Array,
  levels: readonly number[],
): { point: Float64Array; quantiles: Float64Array[] } {
  const horizon = aheads.length;
  const experts = panel.names.length;
  const said = new Float64Array(experts);
  const weights = new Float64Array(experts);
  const scales = new Float64Array(SCALES);
  const point = new Float64Array(horizon);
  const quantiles = levels.map(() => new Float64Array(horizon));
  for (const [index, ahead] of aheads.entries()) {
    const { near, far, part } = between(knots, ahead);
    panel.ask(series.length, ahead, said, 0);
    for (let e = 0; e < experts; e += 1) {
      weights[e] = (1 - part) * (near.weights[e] ?? 0) + part * (far.weights[e] ?? 0);
    }
    const mix = mixOf(said, 0, weights);
    scalesAt(series, series.length, ahead, spreadOf(said, 0, weights, mix), scales);
    point[index] = Math.max(0, mix);
    let floor = 0;
    for (const [rank, quantile] of quantiles.entries()) {
      let value = mix;
      for (let scale = 0; scale < SCALES; scale += 1) {
        const place = rank * SCALES + scale;
        const band = (1 - part) * (near.bands[place] ?? 0) + part * (far.bands[place] ?? 0);
        value += band * (scales[scale] ?? 0);
      }
      floor = Math.max(floor, value);
      quantile[index] = floor;
    }
  }
  return { point, quantiles };
}

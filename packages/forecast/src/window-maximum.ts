import { errorsOf, type Knot, mixOf, spreadOf } from "./backtest/calibrate.ts";
import { bandsOf, type Errors } from "./bands/conformal.ts";
import { SCALES, scalesAt } from "./bands/scales.ts";
import type { Panel } from "./experts/registry.ts";
import { type Series, UNKNOWN } from "./series.ts";

/** How far the maximum of a window is above the highest point forecast in it. */
export type WindowBands = {
  /** Length of the window in steps. */
  steps: number;
  /** Where the windows began in the backtest, in steps ahead, ascending. */
  horizons: number[];
  /** What to add at each of those: one number a level, in the unit of the load. */
  above: number[][];
};

/** So many points of a window are forecast in the backtest; the path between them is smooth beside what is missed. */
const LOOKS = 4;

/** The highest truth of a window; NaN where some of it is not known. */
function highest({ truth, known, length }: Series, from: number, steps: number): number {
  let most = from + steps <= length ? 0 : Number.NaN;
  for (let at = from; at < from + steps; at += 1) {
    most = known[at] === UNKNOWN ? Number.NaN : Math.max(most, truth[at] ?? 0);
  }
  return most;
}

/** What of the highest of each window in the backtest was missed by the highest point forecast in it. */
function windowErrors(series: Series, panel: Panel, { trials, said, weights }: Knot, steps: number): Errors {
  const { origins, horizon } = trials;
  const experts = new Float64Array(panel.names.length);
  const looks = Math.min(LOOKS, steps);
  return errorsOf(trials, said, (row) => {
    const origin = origins[row] ?? 0;
    const truth = highest(series, origin - 1 + horizon, steps);
    if (Number.isNaN(truth)) return truth;
    // What was said of the first step is known from the backtest.
    let most = Math.max(0, said.mixes[row] ?? 0);
    for (let look = 1; look < looks; look += 1) {
      panel.ask(origin, horizon + Math.round((look * (steps - 1)) / (looks - 1)), experts, 0);
      most = Math.max(most, mixOf(experts, 0, weights));
    }
    return truth - most;
  });
}

/** The scales of windows that begin so many steps after the end of the series. */
function scalesNow(series: Series, panel: Panel, { horizon, weights }: Knot): Float64Array {
  const said = new Float64Array(panel.names.length);
  const scales = new Float64Array(SCALES);
  panel.ask(series.length, horizon, said, 0);
  scalesAt(series, series.length, horizon, spreadOf(said, 0, weights, mixOf(said, 0, weights)), scales);
  return scales;
}

/** Backtests the maximum of windows of a length at every horizon. */
export function windowBands(
  series: Series,
  panel: Panel,
  knots: readonly Knot[],
  steps: number,
  levels: readonly number[],
): WindowBands {
  const above = knots.map((knot) => {
    const bands = bandsOf(windowErrors(series, panel, knot, steps), levels);
    const scales = scalesNow(series, panel, knot);
    let floor = Number.NEGATIVE_INFINITY;
    return levels.map((_, rank) => {
      const own = scales.reduce((sum, scale, index) => sum + scale * (bands[rank * SCALES + index] ?? 0), 0);
      floor = Math.max(floor, own);
      return floor;
    });
  });
  return { steps, horizons: knots.map(({ horizon }) => horizon), above };
}

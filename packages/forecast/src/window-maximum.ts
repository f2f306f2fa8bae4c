import { type Knot, mixOf } from "./backtest/calibrate.ts";
import { conformalQuantile } from "./bands/conformal.ts";
import { localRoughness } from "./bands/scales.ts";
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

function missedBy(series: Series, panel: Panel, knot: Knot, steps: number): Float64Array {
  const { origins, horizon, forecasts, count } = knot.trials;
  const said = new Float64Array(panel.names.length);
  const looks = Math.min(LOOKS, steps);
  const missed: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const origin = origins[row] ?? 0;
    const truth = highest(series, origin - 1 + horizon, steps);
    if (Number.isNaN(truth)) continue;
    // What was said of the first step is known from the backtest.
    let most = Math.max(0, mixOf(forecasts, row * said.length, knot.weights));
    for (let look = 1; look < looks; look += 1) {
      panel.ask(origin, horizon + Math.round((look * (steps - 1)) / (looks - 1)), said, 0);
      most = Math.max(most, mixOf(said, 0, knot.weights));
    }
    missed.push((truth - most) / localRoughness(series, origin));
  }
  return Float64Array.from(missed).sort();
}

/** Backtests the maximum of windows of a length at every horizon. */
export function windowBands(
  series: Series,
  panel: Panel,
  knots: readonly Knot[],
  steps: number,
  levels: readonly number[],
): WindowBands {
  const scale = localRoughness(series, series.length);
  const above = knots.map((knot) => {
    const missed = missedBy(series, panel, knot, steps);
    return levels.map((level) => conformalQuantile(missed, level) * scale);
  });
  return { steps, horizons: knots.map(({ horizon }) => horizon), above };
}

import type { Forecast } from "./forecast.ts";
import type { WindowBands } from "./window-maximum.ts";

/** Where a number lies among ascending ones: the index of the last that is not above it, and the part to the next. */
function placeOf(ascending: readonly number[], value: number): { index: number; part: number } {
  const after = ascending.findIndex((one) => one > value);
  if (after === 0) return { index: 0, part: 0 };
  if (after === -1) return { index: Math.max(0, ascending.length - 1), part: 0 };
  const [low, high] = [ascending[after - 1] ?? 0, ascending[after] ?? 0];
  return { index: after - 1, part: (value - low) / (high - low) };
}

function interpolated(ascending: readonly number[], value: number, of: (index: number) => number): number {
  const { index, part } = placeOf(ascending, value);
  return part === 0 ? of(index) : (1 - part) * of(index) + part * of(index + 1);
}

/**
 * The quantile of the load at one step, interpolated between the levels of the forecast.
 * @throws RangeError when the level is outside of them, or there is no such step
 */
export function quantileAt({ levels, quantiles, point }: Forecast, level: number, index: number): number {
  const [lowest, highest] = [levels[0] ?? 1, levels.at(-1) ?? 0];
  if (level < lowest || level > highest) throw new RangeError(`level ${level} is outside of ${lowest} to ${highest}`);
  if (index < 0 || index >= point.length) throw new RangeError(`step ${index} is outside of 0 to ${point.length - 1}`);
  return interpolated(levels, level, (at) => quantiles[at]?.[index] ?? 0);
}

function aboveOf({ horizons, above }: WindowBands, levels: readonly number[], level: number, ahead: number): number {
  return interpolated(levels, level, (rank) => interpolated(horizons, ahead, (knot) => above[knot]?.[rank] ?? 0));
}

/** What the backtest says of windows of this length: between two lengths it is interpolated, beyond the longest kept. */
function windowAbove(forecast: Forecast, level: number, ahead: number, steps: number): number | undefined {
  const lengths = forecast.windows.map((bands) => bands.steps);
  if (lengths.length === 0 || steps < (lengths[0] ?? 0)) return undefined;
  return interpolated(lengths, steps, (index) => {
    const bands = forecast.windows[index];
    return bands === undefined ? 0 : aboveOf(bands, forecast.levels, level, ahead);
  });
}

/**
 * The quantile of the highest load between two instants (epoch seconds), which is more than the highest of the steps'
 * quantiles: the longer the window, the likelier that some step is beyond its own. Calibrated on windows of the lengths
 * that the forecast was asked for (`windows`); shorter ones get the highest of their steps' quantiles.
 * @throws RangeError when the window or the level is outside of the forecast
 */
export function windowMaximum(forecast: Forecast, from: number, to: number, level: number): number {
  const { start, step, point } = forecast;
  const first = Math.max(0, Math.floor((from - start) / step));
  const last = Math.max(first, Math.ceil((to - start) / step) - 1);
  if (!(to > start) || last >= point.length) {
    throw new RangeError(`the window ${from} to ${to} is outside of ${start} to ${start + step * point.length}`);
  }
  let [highest, most] = [0, 0];
  for (let index = first; index <= last; index += 1) {
    highest = Math.max(highest, point[index] ?? 0);
    most = Math.max(most, quantileAt(forecast, level, index));
  }
  const above = windowAbove(forecast, level, first + 1, last - first + 1);
  return above === undefined ? most : Math.max(most, highest + above);
}

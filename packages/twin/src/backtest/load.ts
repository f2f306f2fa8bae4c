import { Invalid } from "@headroom/decisions/errors";
import { stream } from "../random.ts";
import type { Trace } from "../workloads/trace.ts";

/** Load of each minute in units' worth: 3.2 keeps 3.2 units fully busy. */
export type MinuteLoad = {
  minutes: Float64Array;
  /** What one unit serves, in the trace's unit a second. */
  perUnit: number;
};

/** Units that the busy end of a trace needs when nobody says what a unit serves. */
const UNITS_AT_P99 = 20;
/** Standard deviation of a minute around the line between two points that are further apart than a minute. */
export const MINUTE_NOISE = 0.03;

/** Rates, in the trace's unit a second, at each minute: linear between the intervals' starts. */
function ratesOf(trace: Trace): Float64Array {
  const perMinute = 60 / trace.interval;
  const minutes = Math.max(1, Math.floor((trace.values.length - 1) / perMinute) + 1);
  return Float64Array.from({ length: minutes }, (_, minute) => {
    const place = minute * perMinute;
    const index = Math.floor(place);
    const before = trace.values[index] ?? 0;
    const after = trace.values[index + 1] ?? before;
    return (before + (after - before) * (place - index)) / trace.interval;
  });
}

function quantile(values: Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/**
 * A trace as load by the minute. Where its points are further apart than a minute, each minute gets seeded noise, since
 * real minutes are not on a line.
 * @param perUnit what one unit serves, in the trace's unit a second; without it the 99th percentile needs 20 units
 * @throws Invalid when the trace is zero everywhere and `perUnit` is not given
 */
export function loadOf(trace: Trace, options: { perUnit?: number; seed: number }): MinuteLoad {
  const rates = ratesOf(trace);
  if (trace.interval > 60) {
    const noise = stream(options.seed, `backtest ${trace.values.length}`);
    for (const [minute, rate] of rates.entries())
      rates[minute] = Math.max(0, rate * (1 + MINUTE_NOISE * noise.normal()));
  }
  const perUnit = options.perUnit ?? quantile(rates, 0.99) / UNITS_AT_P99;
  if (!(perUnit > 0)) {
    throw new Invalid(
      `${trace.file}: its 99th percentile is ${perUnit * UNITS_AT_P99}: say what a unit serves with --per-unit`,
    );
  }
  return { minutes: rates.map((rate) => rate / perUnit), perUnit };
}

/** d: the fewest units that can serve each minute; never below one. */
export function demandOf(load: MinuteLoad): Float64Array {
  return load.minutes.map((worth) => Math.max(1, Math.ceil(worth - 1e-9)));
}

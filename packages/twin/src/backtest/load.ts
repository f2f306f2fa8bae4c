import { Invalid } from "@headroom/decisions/errors";
import { amount } from "@headroom/decisions/say";
import { stream } from "../random.ts";
import { type Trace, traceLength } from "../workloads/trace.ts";

/** Load of each minute in units' worth: 3.2 keeps 3.2 units fully busy. */
export type MinuteLoad = {
  minutes: Float64Array<ArrayBuffer>;
  /** When the first minute began, epoch seconds: days of the week are in forecasts. */
  start: number;
  /** What one unit serves, in the trace's unit a second. */
  perUnit: number;
};

/** Units that the busy end of a trace needs when nobody says what a unit serves. */
const UNITS_AT_P99 = 20;
/** Standard deviation of a minute around the line between two points that are further apart than a minute. */
export const MINUTE_NOISE = 0.03;

/** Two years: a run keeps every five seconds of them in memory. */
const MOST_DAYS = 732;
/** More units than anybody runs, and few enough to be counted in sums and searches without loss. */
const MOST_UNITS = 1_000_000;

function refuseTooLong(trace: Trace): void {
  const days = traceLength(trace) / 86_400;
  if (days <= MOST_DAYS) return;
  throw new Invalid(
    `${trace.file}: lasts ${amount(days)} days, and a backtest plays at most ${MOST_DAYS}: leave out what is not needed`,
  );
}

/** What one unit serves, where the busiest minute does not need more of them than there can be. */
function checkedPerUnit(file: string, rates: Float64Array, given: number | undefined): number {
  const perUnit = given ?? quantile(rates, 0.99) / UNITS_AT_P99;
  if (!(perUnit > 0)) {
    throw new Invalid(`${file}: its 99th percentile is 0: say what a unit serves with --per-unit`);
  }
  const peak = rates.reduce((a, b) => Math.max(a, b), 0) / perUnit;
  if (peak <= MOST_UNITS) return perUnit;
  const fix = given === undefined ? "say what a unit serves with --per-unit" : "check --per-unit";
  throw new Invalid(
    `${file}: at ${perUnit} a second for each, its busiest minute needs ${peak.toPrecision(3)} units, and ${amount(MOST_UNITS)} are the most: ${fix}`,
  );
}

/** The rate of one minute: on the line between two points, or the mean of the points within it when they are closer. */
function rateOf({ interval, values }: Trace, minute: number): number {
  if (interval < 60) {
    const within = values.slice(Math.round((minute * 60) / interval), Math.round(((minute + 1) * 60) / interval));
    return within.reduce((sum, value) => sum + value, 0) / Math.max(1, within.length) / interval;
  }
  const place = (minute * 60) / interval;
  const index = Math.floor(place);
  const before = values[index] ?? 0;
  const after = values[index + 1] ?? before;
  return (before + (after - before) * (place - index)) / interval;
}

/** Rates, in the trace's unit a second, by the minute. After the last point, whose interval counts too, its rate stays. */
function ratesOf(trace: Trace): Float64Array<ArrayBuffer> {
  const minutes = Math.max(1, Math.floor((trace.values.length * trace.interval) / 60));
  return Float64Array.from({ length: minutes }, (_, minute) => rateOf(trace, minute));
}

function quantile(values: Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/**
 * A trace as load by the minute. Where its points are further apart than a minute, each minute gets seeded noise, since
 * real minutes are not on a line.
 * @param perUnit what one unit serves, in the trace's unit a second; without it the 99th percentile needs 20 units
 * @throws Invalid when the trace is longer than two years; when its 99th percentile is zero and `perUnit` is not given;
 * when its busiest minute would need more than a million units
 */
export function loadOf(trace: Trace, options: { perUnit?: number | undefined; seed: number }): MinuteLoad {
  refuseTooLong(trace);
  const rates = ratesOf(trace);
  if (trace.interval > 60) {
    const noise = stream(options.seed, `backtest ${trace.values.length}`);
    for (const [minute, rate] of rates.entries())
      rates[minute] = Math.max(0, rate * (1 + MINUTE_NOISE * noise.normal()));
  }
  const perUnit = checkedPerUnit(trace.file, rates, options.perUnit);
  // Periods of CloudWatch begin on whole minutes of the clock, those of five minutes on every fifth.
  const start = Math.floor(trace.start / 300) * 300;
  return { minutes: rates.map((rate) => rate / perUnit), start, perUnit };
}

/** d: the fewest units that can serve each minute; below one only where the target may go to zero. */
export function demandOf({ minutes }: MinuteLoad, min: number): Float64Array {
  const least = Math.min(1, min);
  return minutes.map((worth) => Math.max(least, Math.ceil(worth - 1e-9)));
}

import { calibrate, type Knot } from "./backtest/calibrate.ts";
import { effortFor, knotsOf } from "./backtest/effort.ts";
import { raiseBursts } from "./bursts/raise.ts";
import { type Recurring, recurringOf } from "./bursts/recurring.ts";
import { calendarOf } from "./calendar.ts";
import { panelOf } from "./experts/registry.ts";
import { type History, HOUR, type Options } from "./history.ts";
import { project } from "./project.ts";
import { type Repaired, type Repairs, repair } from "./repair/repair.ts";
import { type Offset, wallClock } from "./repair/zone.ts";
import { type Season, seasonsOf } from "./seasons.ts";
import { type Series, UNKNOWN } from "./series.ts";
import { type WindowBands, windowBands } from "./window-maximum.ts";

/** What the backtest says of a horizon: which experts count, and how good their mix is beside repeating yesterday. */
export type Backtested = {
  /** Seconds ahead. */
  ahead: number;
  /** Experts by weight, the weightiest first, those below a hundredth left out. */
  weights: { expert: string; weight: number }[];
  /** Mean absolute errors in the unit of the load, and the trials that they come from. */
  error: number;
  naiveError: number;
  trials: number;
};

/** A step of the hour at which bursts recur in some hours, by no rule that would tell in which. */
export type Burst = {
  /** Seconds from the full hour to the start of the step, by epoch seconds as all instants. */
  pastHour: number;
  /** The part of the last week's hours in which there was one. */
  share: number;
};

/** Quantiles of the load to come. Instants are epoch seconds, durations seconds. */
export type Forecast = {
  is: "forecast";
  /** Start of the first step, and the width of a step. */
  start: number;
  step: number;
  levels: number[];
  /** For each level, the quantile of each step: none below 0, none below that of a lower level. */
  quantiles: Float64Array[];
  /** The middle of what is expected, for each step. */
  point: Float64Array;
  /** For the lengths of window that were asked for, shortest first; see `windowMaximum`. */
  windows: WindowBands[];
  seasons: Season[];
  /** Where in the hour bursts recur; the quantiles above the middle allow for them there. */
  bursts: Burst[];
  backtest: Backtested[];
  repairs: Repairs;
};

/** There is no forecast, in one sentence. */
export type NoForecast = { is: "none"; why: string; repairs?: Repairs };

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95];
const SEASONS_NEEDED = 2;
/** What has not been heard of for so many days is not forecast. */
const LONGEST_SILENCE = 2;
/** Windows are asked about for when units serve that are asked for now: within half a day. */
const WINDOWS_WITHIN = 0.5;
/** An expert with less weight than this is not worth a line. */
const WORTH_SAYING = 0.01;

/** How many steps by the wall clock each step from now is ahead. */
function stepsAhead(
  { start, step, length }: Series,
  offsets: readonly Offset[],
  from: number,
  horizon: number,
): Int32Array {
  const aheads = new Int32Array(horizon);
  for (let index = 0; index < horizon; index += 1) {
    const position = Math.round((wallClock(offsets, from + index * step) - start) / step);
    aheads[index] = Math.max(1, position - length + 1);
  }
  return aheads;
}

function told(knots: readonly Knot[], names: readonly string[], step: number): Backtested[] {
  return knots.map(({ horizon, weights, error, naiveError, trials }) => ({
    ahead: horizon * step,
    weights: names
      .map((expert, index) => ({ expert, weight: weights[index] ?? 0 }))
      .filter(({ weight }) => Math.abs(weight) >= WORTH_SAYING)
      .sort((a, b) => b.weight - a.weight),
    ...{ error, naiveError, trials: trials.count },
  }));
}

/** Where in the hour bursts recur by epoch seconds, of which `end` is where the series ends. */
function burstsOf({ length, step, hour }: Series, recurring: readonly Recurring[], end: number): Burst[] {
  return recurring
    .map(({ phase, share }) => ({ pastHour: (end + ((phase + hour - (length % hour)) % hour) * step) % HOUR, share }))
    .sort((a, b) => a.pastHour - b.pastHour);
}

function problemOf({ levels, horizon }: { levels: readonly number[]; horizon: number }): string | undefined {
  if (!(horizon > 0) || !Number.isFinite(horizon)) return `the horizon is ${horizon} s: it must be above 0`;
  const bad = levels.find((level, index) => !(level > 0 && level < 1) || level <= (levels[index - 1] ?? 0));
  return bad === undefined ? undefined : `${bad} is no level: they ascend between 0 and 1`;
}

function notEnough({ series, known }: Repaired): string | undefined {
  const needed = SEASONS_NEEDED * series.day;
  const days = (steps: number) => `${Math.floor((10 * steps) / series.day) / 10} days`;
  if (series.length < needed) return `the history is ${days(series.length)} long: a forecast needs two`;
  const unknown =
    series.length - 1 - series.known.findLastIndex((_, at) => at < series.length && series.known[at] !== UNKNOWN);
  if (unknown > LONGEST_SILENCE * series.day) return `the newest value that is known is ${days(unknown)} old`;
  if (known < needed / 2) return `only ${days(known)} of the history are known: a forecast needs one at least`;
  return undefined;
}

/**
 * Forecasts a load from its own history: the history is repaired, experts are asked at past origins, mixed by what they
 * were worth there, and the errors of the mix give the quantiles. Pure: the same arguments give the same forecast.
 * @returns why there is none where the history does not carry one
 * @throws RangeError when an option is out of its range
 */
export function forecast(history: History, options: Options): Forecast | NoForecast {
  const repaired = repair(history, options);
  return typeof repaired === "string" ? { is: "none", why: repaired } : forecastFrom(repaired, options);
}

/** What is wanted of a history that has been repaired. */
export type Wanted = Pick<Options, "horizon" | "quantiles" | "windows" | "holidays">;

/**
 * The same from a history that was repaired before, and perhaps extended since (`extend`).
 * @throws RangeError when an option is out of its range
 */
export function forecastFrom(repaired: Repaired, wanted: Wanted): Forecast | NoForecast {
  const { series, offsets, end: start, repairs } = repaired;
  const { quantiles: levels = LEVELS, windows = [], holidays = [] } = wanted;
  const problem = problemOf({ levels, horizon: wanted.horizon });
  if (problem !== undefined) throw new RangeError(problem);
  const why = notEnough(repaired);
  if (why !== undefined) return { is: "none", why, repairs };
  const { step, day } = series;
  const horizon = Math.ceil(wanted.horizon / step);
  const seasons = seasonsOf(series);
  const extraPeriods = seasons.map(({ steps }) => steps).filter((steps) => steps < day);
  const panel = panelOf(series, { calendar: calendarOf(holidays), extraPeriods });
  const effort = effortFor(series, horizon);
  const knots = calibrate(series, panel, knotsOf(horizon, effort), levels, effort);
  const aheads = stepsAhead(series, offsets, start, horizon);
  const projected = project(series, panel, knots, aheads, levels);
  const recurring = recurringOf(series);
  raiseBursts(series, recurring, { aheads, levels, ...projected });
  const near = knots.filter((knot, index) => index < 2 || knot.horizon <= WINDOWS_WITHIN * day);
  const lengths = [...new Set(windows.map((seconds) => Math.max(1, Math.round(seconds / step))))];
  return {
    ...{ is: "forecast", start, step, levels: [...levels] },
    ...projected,
    windows: lengths.sort((a, b) => a - b).map((steps) => windowBands(series, panel, near, steps, levels)),
    ...{ seasons, bursts: burstsOf(series, recurring, start), backtest: told(knots, panel.names, step), repairs },
  };
}

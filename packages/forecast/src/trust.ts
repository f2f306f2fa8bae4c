// Probation: a forecast proves itself at every tick, against what came and against repeating the same time of the day
// before. Pure arithmetic: the state goes in, the state comes out, as plain JSON.

import { DAY, HOUR, LARGEST_LOAD } from "./history.ts";

/** What a tick saw, in the unit of the load. */
export type Tick = {
  /** Epoch seconds. */
  at: number;
  actual: number;
  /** What the forecast said: its middle, and the quantile that is judged. */
  point: number;
  upper: number;
  /** What was at the same time of the day before; undefined when nobody knows. */
  naive: number | undefined;
  /** The actual value is a lower bound: the target was saturated. */
  saturated?: boolean;
};

/**
 * Sums that fade with time: seconds judged, and what was found in them. Errors and load of a day are of the seconds in
 * which it is known what was the day before; those of an hour are of all.
 */
export type Tally = {
  seconds: number;
  /** Of these seconds, those in which the load was at or below the quantile, and those in which it exceeded it by far. */
  covered: number;
  exceeded: number;
  error: number;
  naiveError: number;
  load: number;
};

export type Standing = "trusted" | "probation";

export type Trust = {
  is: Standing;
  /** Since when, and when the last tick was, epoch seconds. */
  since: number;
  at: number;
  /** The level of `upper`. */
  level: number;
  /** Fades over an hour and over a day; on probation both begin anew. */
  hour: Tally;
  day: Tally;
};

export type Verdict = { trust: Trust; event?: "demoted" | "promoted"; why?: string };

const nothing: Tally = { seconds: 0, covered: 0, exceeded: 0, error: 0, naiveError: 0, load: 0 };

/**
 * A quantile is exceeded by far by so many times as much; one look shows that for so many seconds at most, and it says
 * something once a whole hour was judged, of which the fading leaves so much.
 */
const FAR = { times: 2, seconds: 300, judged: 0.6 * HOUR };

/** A pause between ticks counts no more than this: an outage of the control plane judges nobody. */
const LONGEST_PAUSE = 900;

/** So much of the last hour is judged before it says anything. */
const HOUR_JUDGED = 0.4 * HOUR;
/**
 * Suddenly too low: fewer are covered than this part of the level, and errors are no trifle beside the load. What exceeds
 * the quantile by far counts twice: the next forecasts come round to a new level within half an hour, and whoever was so
 * wrong has to prove that they are right again.
 */
const TOO_LOW = { coveredBelow: 0.55, errorAbove: 0.25 };
/**
 * Suddenly too high: the error is more than this part of the load and no trifle beside the usual load, repeating yesterday
 * would do as well, the error is so many times the day's, and the quantile is so many times the load. Bursts are none of
 * it: their errors are as large all day. It is over when the error is below `leftBelow` of the load.
 */
const TOO_HIGH = { errorAbove: 0.75, ofUsual: 0.25, ofNaive: 0.95, times: 2, leftBelow: 0.5 };
/** Slow: over about a day coverage is this far below the level, or, of a whole day, the error this much above the naive. */
const SLOW = { coverageShort: 0.15, seconds: DAY / 4, relativeError: 1.15, wholeDay: 0.63 * DAY };
/**
 * Recovered: for so long, coverage is this close to the level again (of the last hour: of late), and the error is below
 * the naive one. Less than what demotes, lest standings go back and forth.
 */
const RECOVERED = { coverageShort: 0.05, shortOfLate: 0.1, relativeError: 1, seconds: 2 * HOUR };

/** A forecast that the backtest speaks for begins trusted; one that it does not, on probation. */
export function begin(at: number, level: number, is: Standing): Trust {
  return { is, since: at, at, level, hour: nothing, day: nothing };
}

/** What a tick adds to a tally for each of its seconds. */
type Found = Omit<Tally, "seconds">;

function found({ actual, point, upper, naive, saturated = false }: Tick): Found {
  const miss = (said: number) => (saturated ? Math.max(0, actual - said) : Math.abs(actual - said));
  const naiveError = naive === undefined ? 0 : miss(naive);
  const exceeded = actual > FAR.times * upper ? 1 : 0;
  return { covered: actual <= upper ? 1 : 0, exceeded, error: miss(point), naiveError, load: actual };
}

/** Where nobody knows what yesterday was like there is nothing to compare errors with: coverage counts alone. */
function comparable(each: Found, { naive }: Tick): Found {
  return naive === undefined ? { ...each, error: 0, naiveError: 0, load: 0 } : each;
}

function faded(tally: Tally, each: Found, seconds: number, over: number): Tally {
  const left = Math.exp(-seconds / over);
  const judged = over * (1 - left);
  return {
    seconds: tally.seconds * left + judged,
    covered: tally.covered * left + judged * each.covered,
    exceeded: tally.exceeded * left + Math.min(FAR.seconds, judged) * each.exceeded,
    error: tally.error * left + judged * each.error,
    naiveError: tally.naiveError * left + judged * each.naiveError,
    load: tally.load * left + judged * each.load,
  };
}

/** Share of the judged time that was covered; 1 where nothing was judged. */
export function coverageOf({ covered, seconds }: Tally): number {
  return seconds > 0 ? covered / seconds : 1;
}

/** Error by the naive error: below 1 the forecast is of use. */
export function relativeError({ error, naiveError }: Tally): number {
  if (naiveError > 0) return error / naiveError;
  return error > 0 ? Number.POSITIVE_INFINITY : 1;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** An error this small beside the load is none: of a load that is the same every day nobody can miss less than nothing. */
const TRIFLING = 0.005;

/** Errors this small beside the load disappear in the rounding to whole units, whichever side they are on. */
const HARMLESS = 0.03;

function isHarmless({ error, load }: Tally): boolean {
  return error < HARMLESS * load;
}

function isTrifling({ error, load }: Tally): boolean {
  return error <= TRIFLING * load;
}

/** Whether it is above the load by so much that repeating yesterday would do as well. */
function isFarAbove({ hour, day }: Trust, errorAbove: number): boolean {
  const usual = day.seconds > 0 ? day.load / day.seconds : 0;
  return (
    hour.error > errorAbove * hour.load &&
    hour.error > TOO_HIGH.ofUsual * usual * hour.seconds &&
    relativeError(hour) >= TOO_HIGH.ofNaive
  );
}

function suddenReason(trust: Trust, { actual, upper }: Tick): string | undefined {
  const { hour, day, level } = trust;
  if (hour.seconds < HOUR_JUDGED) return undefined;
  const [covered, exceeded] = [coverageOf(hour), hour.seconds < FAR.judged ? 0 : hour.exceeded / hour.seconds];
  if (covered - exceeded < TOO_LOW.coveredBelow * level && hour.error > TOO_LOW.errorAbove * hour.load) {
    const far = exceeded > 0 ? `, and ${percent(exceeded)} at more than ${FAR.times} times as much` : "";
    return `${percent(covered)} of the last hour was at or below the ${level} quantile${far}`;
  }
  const usualError = day.error / Math.max(1, day.seconds);
  const isUnusual = hour.error > TOO_HIGH.times * usualError * hour.seconds && upper > TOO_HIGH.times * actual;
  if (isUnusual && isFarAbove(trust, TOO_HIGH.errorAbove)) {
    const mean = (sum: number) => `${Number((sum / hour.seconds).toPrecision(3))}`;
    return `the load fell far below it: over the last hour it was ${mean(hour.load)}, the error ${mean(hour.error)}`;
  }
  return undefined;
}

function slowReason({ day, level }: Trust): string | undefined {
  if (day.seconds < SLOW.seconds) return undefined;
  const coverage = coverageOf(day);
  if (coverage < level - SLOW.coverageShort && !isHarmless(day))
    return `${percent(coverage)} of the last day was at or below the ${level} quantile`;
  if (day.seconds < SLOW.wholeDay) return undefined;
  const relative = relativeError(day);
  if (relative < SLOW.relativeError || isTrifling(day)) return undefined;
  return `its error is ${relative.toFixed(2)} times that of repeating yesterday`;
}

function isGoodOfLate(trust: Trust): boolean {
  const { hour, level } = trust;
  const covers = coverageOf(hour) >= level - RECOVERED.shortOfLate || isHarmless(hour);
  return covers && !isFarAbove(trust, TOO_HIGH.leftBelow);
}

function hasRecovered({ day, level }: Trust): boolean {
  if (day.seconds < RECOVERED.seconds) return false;
  const covered = coverageOf(day) >= level - RECOVERED.coverageShort || isHarmless(day);
  return covered && (relativeError(day) < RECOVERED.relativeError || isTrifling(day));
}

/**
 * Judges a tick: demotes a trusted forecast whose coverage breaks, that is far above the load or worse than repeating
 * yesterday, promotes one on probation that has recovered. A tick that is not later than the last one changes nothing.
 */
export function judge(before: Trust, tick: Tick): Verdict {
  const values = [tick.at, tick.actual, tick.point, tick.upper, tick.naive ?? 0];
  if (!(tick.at > before.at) || !values.every((value) => Math.abs(value) <= LARGEST_LOAD)) return { trust: before };
  const seconds = Math.min(LONGEST_PAUSE, tick.at - before.at);
  const each = found(tick);
  const trust = {
    ...before,
    at: tick.at,
    hour: faded(before.hour, each, seconds, HOUR),
    day: faded(before.day, comparable(each, tick), seconds, DAY),
  };
  if (before.is === "trusted") {
    const why = suddenReason(trust, tick) ?? slowReason(trust);
    if (why === undefined) return { trust };
    return { trust: { ...begin(tick.at, trust.level, "probation") }, event: "demoted", why };
  }
  // What it missed before it was good again is no reason to wait for a day: it proves itself from then on.
  if (!isGoodOfLate(trust)) return { trust: { ...trust, day: nothing } };
  if (!hasRecovered(trust)) return { trust };
  const why = `${percent(coverageOf(trust.day))} was covered since, with ${relativeError(trust.day).toFixed(2)} times the error of repeating yesterday`;
  return { trust: { ...begin(tick.at, trust.level, "trusted"), hour: trust.hour }, event: "promoted", why };
}

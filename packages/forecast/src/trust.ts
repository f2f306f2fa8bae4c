// Probation: a forecast proves itself at every tick, against what came and against repeating the same time of the day
// before. Pure arithmetic: the state goes in, the state comes out, as plain JSON.

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

/** Sums that fade with time: seconds judged, and what was found in them. */
export type Tally = { seconds: number; covered: number; error: number; naiveError: number; load: number };

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

const HOUR = 3_600;
const DAY = 86_400;
const nothing: Tally = { seconds: 0, covered: 0, error: 0, naiveError: 0, load: 0 };

/** A pause between ticks counts no more than this: an outage of the control plane judges nobody. */
const LONGEST_PAUSE = 900;

/** Sudden: over about an hour fewer are covered than this part of the level, and errors are no trifle beside the load. */
const SUDDEN = { coveredBelow: 0.55, errorAbove: 0.25, seconds: 0.4 * HOUR };
/** Slow: over about a day coverage is this far below the level, or the error is no smaller than the naive one. */
const SLOW = { coverageShort: 0.15, seconds: DAY / 4 };
/** Recovered: for so long, coverage is this close to the level again, and the error is below the naive one. */
const RECOVERED = { coverageShort: 0.1, seconds: 2 * HOUR };

/** A forecast that the backtest speaks for begins trusted; one that it does not, on probation. */
export function begin(at: number, level: number, is: Standing): Trust {
  return { is, since: at, at, level, hour: nothing, day: nothing };
}

function faded(tally: Tally, tick: Tick, seconds: number, over: number): Tally {
  const { actual, point, upper, naive, saturated = false } = tick;
  const left = Math.exp(-seconds / over);
  const judged = over * (1 - left);
  const miss = (said: number) => (saturated ? Math.max(0, actual - said) : Math.abs(actual - said));
  return {
    seconds: tally.seconds * left + judged,
    covered: tally.covered * left + (actual <= upper ? judged : 0),
    error: tally.error * left + judged * miss(point),
    naiveError: tally.naiveError * left + judged * miss(naive ?? point),
    load: tally.load * left + judged * actual,
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
  return error <= HARMLESS * load;
}

function isTrifling({ error, load }: Tally): boolean {
  return error <= TRIFLING * load;
}

function reasonAgainst({ hour, day, level }: Trust): string | undefined {
  const sudden = coverageOf(hour);
  if (
    hour.seconds >= SUDDEN.seconds &&
    sudden < SUDDEN.coveredBelow * level &&
    hour.error > SUDDEN.errorAbove * hour.load
  ) {
    return `${percent(sudden)} of the last hour was at or below the ${level} quantile`;
  }
  if (day.seconds < SLOW.seconds) return undefined;
  const coverage = coverageOf(day);
  if (coverage < level - SLOW.coverageShort && !isHarmless(day))
    return `${percent(coverage)} of the last day was at or below the ${level} quantile`;
  const relative = relativeError(day);
  if (relative >= 1 && !isTrifling(day)) return `its error is ${relative.toFixed(2)} times that of repeating yesterday`;
  return undefined;
}

function coversOfLate({ hour, level }: Trust): boolean {
  return coverageOf(hour) >= level - RECOVERED.coverageShort || isHarmless(hour);
}

function hasRecovered({ day, level }: Trust): boolean {
  if (day.seconds < RECOVERED.seconds) return false;
  const covered = coverageOf(day) >= level - RECOVERED.coverageShort || isHarmless(day);
  return covered && (relativeError(day) < 1 || isTrifling(day));
}

/**
 * Judges a tick: demotes a trusted forecast whose coverage breaks or that is no better than repeating yesterday, promotes
 * one on probation that has recovered. A tick that is not later than the last one changes nothing.
 */
export function judge(before: Trust, tick: Tick): Verdict {
  const values = [tick.at, tick.actual, tick.point, tick.upper, tick.naive ?? 0];
  if (!(tick.at > before.at) || !values.every(Number.isFinite)) return { trust: before };
  const seconds = Math.min(LONGEST_PAUSE, tick.at - before.at);
  const trust = {
    ...before,
    at: tick.at,
    hour: faded(before.hour, tick, seconds, HOUR),
    day: faded(before.day, tick, seconds, DAY),
  };
  if (before.is === "trusted") {
    const why = reasonAgainst(trust);
    if (why === undefined) return { trust };
    return { trust: { ...begin(tick.at, trust.level, "probation") }, event: "demoted", why };
  }
  // What it missed before it was good again is no reason to wait for a day: it proves itself from then on.
  if (!coversOfLate(trust)) return { trust: { ...trust, day: nothing } };
  if (!hasRecovered(trust)) return { trust };
  const why = `${percent(coverageOf(trust.day))} was covered since, with ${relativeError(trust.day).toFixed(2)} times the error of repeating yesterday`;
  return { trust: { ...begin(tick.at, trust.level, "trusted"), hour: trust.hour }, event: "promoted", why };
}

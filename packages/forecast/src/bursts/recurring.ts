import { HOUR } from "../history.ts";
import { meanOf, type Series, UNKNOWN } from "../series.ts";

/** A step of the hour at which bursts recur. */
export type Recurring = {
  /** Its positions in the series leave this when they are divided by the steps of an hour. */
  phase: number;
  /** The part of hours in which there was a burst. */
  share: number;
  /** How far each truth there was above the mean of the hour before it, ascending, in the unit of the load. */
  rises: Float64Array;
};

/** A burst is above the mean of the hour before it by this part of the mean load. */
const BURST = 0.5;
/** Bursts are looked for in so many days; in less than this many hours of them nothing is proven. */
const DAYS = 7;
const FEWEST_ROUNDS = 24;
/** Into fewer steps than this an hour has no structure. */
const FEWEST_STEPS = 6;
/** What is rarer than this is no matter of the quantiles that are provisioned for. */
const OFTEN = 0.1;
/**
 * So many standard deviations of chance (Poisson) a step must be above the usual one. In histories whose bursts came at
 * any time, 1 % at most of those of two days had a step that was, and fewer of those of a week.
 */
const DEVIATIONS = 5;
/** From this correlation with the day before on, bursts come by the day: experts know in which hours. */
const BY_THE_DAY = 0.5;

/** How far the truth is above the mean of the hour before it. */
function riseAt(series: Series, at: number): number {
  return (series.truth[at] ?? 0) - meanOf(series, at - series.hour, at);
}

/** From how much above the hour before it a step is a burst, in the unit of the load. */
export function leastBurst({ mean }: Series): number {
  return BURST * mean;
}

/** The first position that is looked at. */
function firstOf({ length, day, hour }: Series): number {
  return Math.max(hour, length - DAYS * day);
}

/** How many bursts there were at each step of the hour. Every forecast pays for this loop: `riseAt`, undivided. */
function countsOf(series: Series): Uint32Array {
  const { known, truth, sums, hour, length } = series;
  const least = hour * leastBurst(series);
  const counts = new Uint32Array(hour);
  for (let at = firstOf(series); at < length; at += 1) {
    const rise = hour * (truth[at] ?? 0) - (sums[at] ?? 0) + (sums[at - hour] ?? 0);
    if (rise > least && known[at] !== UNKNOWN) counts[at % hour] = (counts[at % hour] ?? 0) + 1;
  }
  return counts;
}

/** In how many hours each step is known. */
function roundsOf(series: Series): Uint32Array {
  const { known, hour, length } = series;
  const rounds = new Uint32Array(hour);
  for (let at = firstOf(series); at < length; at += 1) {
    if (known[at] !== UNKNOWN) rounds[at % hour] = (rounds[at % hour] ?? 0) + 1;
  }
  return rounds;
}

/** The most bursts that chance makes where so many are expected; one might always come. */
function mostByChance(expected: number): number {
  const some = Math.max(1, expected);
  return some + DEVIATIONS * Math.sqrt(some);
}

/** The steps of the hour at which bursts are more frequent than chance makes them, and the part of hours with one. */
function provenPhases(series: Series): { phase: number; share: number }[] {
  const counts = countsOf(series);
  if (counts.every((count) => count <= mostByChance(0))) return [];
  const rounds = roundsOf(series);
  const shares = Float64Array.from(counts, (count, phase) => count / Math.max(1, rounds[phase] ?? 0));
  const usual = shares.toSorted()[(shares.length - 1) >> 1] ?? 0;
  const isProven = (count: number, known: number) =>
    known >= FEWEST_ROUNDS && count >= OFTEN * known && count > mostByChance(usual * known);
  return Array.from(shares, (share, phase) => ({ phase, share })).filter(({ phase }) =>
    isProven(counts[phase] ?? 0, rounds[phase] ?? 0),
  );
}

/** Positions of a step of the hour at which the truth is known, the oldest first. */
function roundsAt(series: Series, phase: number): number[] {
  const { hour, length, known } = series;
  const first = firstOf(series);
  const found: number[] = [];
  for (let at = first + ((phase - (first % hour) + hour) % hour); at < length; at += hour) {
    if (known[at] !== UNKNOWN) found.push(at);
  }
  return found;
}

/** Whether bursts come at the same times of day, as far as two days in a row tell. */
function comesByTheDay(series: Series, rounds: readonly number[], share: number): boolean {
  const { known, day, hour } = series;
  const least = leastBurst(series);
  const bursts = rounds.filter((at) => at - day >= hour && known[at - day] !== UNKNOWN && riseAt(series, at) > least);
  const again = bursts.filter((at) => riseAt(series, at - day) > least).length;
  return bursts.length > 0 && again / bursts.length - share >= BY_THE_DAY * (1 - share);
}

/**
 * Where in the hour bursts recur, as the last week proves: a step at which they are as frequent as elsewhere is none of
 * these, nor is one whose bursts come every hour or at the same hours every day.
 */
export function recurringOf(series: Series): Recurring[] {
  const { step, hour } = series;
  if (hour < FEWEST_STEPS || hour * step !== HOUR) return [];
  return provenPhases(series).flatMap(({ phase, share }) => {
    const rounds = roundsAt(series, phase);
    if (comesByTheDay(series, rounds, share)) return [];
    return [{ phase, share, rises: Float64Array.from(rounds, (at) => riseAt(series, at)).sort() }];
  });
}

import { meanOf, type Series } from "../series.ts";

/** A change of the level that lasts: `MOST` times where there was nothing before. */
export type LevelShift = { at: number; factor: number };

/** A level is not said to be more than this many times the one before. */
const MOST = 1000;

/** A level that is more than this many times the one before, or less than its inverse, has shifted. */
const SHIFTED = 1.75;

/** A shift that is younger than a day is seen once it has lasted this part of one. */
const YOUNGEST = 1 / 8;

/** How many times the mean from `at` on is that of the same hours a day and a week before: what is nearer to 1. */
function factorAt(series: Series, at: number, steps: number): number {
  const { day, week } = series;
  const now = meanOf(series, at, at + steps);
  const yesterday = ratio(now, meanOf(series, at - day, at - day + steps));
  if (at < week) return yesterday;
  const lastWeek = ratio(now, meanOf(series, at - week, at - week + steps));
  return Math.abs(Math.log(lastWeek)) < Math.abs(Math.log(yesterday)) ? lastWeek : yesterday;
}

const isShift = (factor: number) => factor > SHIFTED || factor < 1 / SHIFTED;

/**
 * Where the level changed for a day or more (or up to the end, for three hours): suddenly, and against the same hours of
 * the day and of the week before. Looked for by the hour; the earliest hour of a change is named.
 */
export function levelShifts(series: Series): LevelShift[] {
  const { day, hour, length, start, step } = series;
  const shifts: LevelShift[] = [];
  for (let at = day; at + YOUNGEST * day <= length; at += hour) {
    const sudden = ratio(meanOf(series, at, at + hour), meanOf(series, at - hour, at));
    if (Math.abs(Math.log(sudden)) < Math.log(SHIFTED) / 2) continue;
    const soon = factorAt(series, at, Math.min(day >> 2, length - at));
    const factor = factorAt(series, at, Math.min(day, length - at));
    if (!isShift(soon) || !isShift(factor) || soon > 1 !== factor > 1) continue;
    shifts.push({ at: start + at * step, factor });
    at += day - hour;
  }
  return shifts;
}

function ratio(now: number, before: number): number {
  return before > 0 ? Math.min(MOST, now / before) : now > 0 ? MOST : 1;
}

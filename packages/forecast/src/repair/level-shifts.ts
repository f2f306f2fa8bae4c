import { meanOf, type Series } from "../series.ts";

/** A change of the level that lasts. */
export type LevelShift = { at: number; factor: number };

/** A level that is more than this many times the one before, or less than its inverse, has shifted. */
const SHIFTED = 1.75;

/** A shift that is younger than a day is seen once it has lasted this part of one. */
const YOUNGEST = 1 / 8;

/**
 * Where the level changed for a day or more (or up to the end, for three hours): against the same hours of the day
 * before, and day against day. Looked for by the hour.
 */
export function levelShifts(series: Series): LevelShift[] {
  const { day, hour, length, start, step } = series;
  const window = Math.round(day / 4);
  const shifts: LevelShift[] = [];
  for (let at = day; at + YOUNGEST * day <= length; at += hour) {
    const soon = Math.min(window, length - at);
    const long = Math.min(day, length - at);
    const factor = ratio(meanOf(series, at, at + soon), meanOf(series, at - day, at - day + soon));
    const lasting = ratio(meanOf(series, at, at + long), meanOf(series, at - day, at - day + long));
    const sudden = ratio(meanOf(series, at, at + hour), meanOf(series, at - hour, at));
    if (![factor, lasting].every((one) => one > SHIFTED) && ![factor, lasting].every((one) => one < 1 / SHIFTED))
      continue;
    if (Math.abs(Math.log(sudden)) < Math.log(SHIFTED) / 2) continue;
    shifts.push({ at: start + at * step, factor: lasting });
    at += day - hour;
  }
  return shifts;
}

function ratio(now: number, before: number): number {
  return before > 0 ? now / before : now > 0 ? Number.POSITIVE_INFINITY : 1;
}

import { DAY } from "./history.ts";

/** Which days are workdays, by the clock that the series is kept in. */
export type Calendar = {
  /** Whether people rest on the day of this instant (epoch seconds by that clock): a weekend or a holiday. */
  rests(at: number): boolean;
};

/** 1970-01-01 was a Thursday; days are counted from Monday. */
const THURSDAY = 3;
const SATURDAY = 5;

/** The number of days from 1970-01-01 to a day such as "2026-12-25"; undefined when it is no day. */
export function dayNumber(day: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const number = at / 1000 / DAY;
  return Number.isInteger(number) && new Date(at).toISOString().startsWith(day) ? number : undefined;
}

/** @throws RangeError when what should be a day is none */
export function dayNumbers(days: readonly string[]): Set<number> {
  return new Set(
    days.map((day) => {
      const number = dayNumber(day);
      if (number === undefined) throw new RangeError(`${day} is no day: write it as 2026-12-25`);
      return number;
    }),
  );
}

/** The calendar with these holidays. @throws RangeError when one of them is no day */
export function calendarOf(holidays: readonly string[] = []): Calendar {
  const free = dayNumbers(holidays);
  return { rests: (at) => (Math.floor(at / DAY) + THURSDAY) % 7 >= SATURDAY || free.has(Math.floor(at / DAY)) };
}

import { expect, it } from "vitest";
import { calendarOf, dayNumber } from "./calendar.ts";

it.each([
  ["2026-01-05", false], // a Monday
  ["2026-01-09", false],
  ["2026-01-10", true],
  ["2026-01-11", true],
  ["2026-12-25", true], // a Friday
])("people rest on %s: %s", (day, rests) => {
  const calendar = calendarOf(["2026-12-25"]);
  const begin = Date.parse(`${day}T00:00:00Z`) / 1000;
  expect([calendar.rests(begin), calendar.rests(begin + 86_399)]).toEqual([rests, rests]);
});

it.each([
  ["1970-01-01", 0],
  ["1970-01-02", 1],
  ["2026-02-30", undefined],
  ["2026-2-3", undefined],
  ["tomorrow", undefined],
])("%s is day %s", (day, number) => {
  expect(dayNumber(day)).toBe(number);
});

import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { openBounds } from "./open.ts";
import { wallClockOf } from "./wall-clock.ts";
import { openAt, type ScheduleWindow, scheduleWindow } from "./window.ts";

// Walks along whole nights, minute by minute.

const utc = (text: string) => Date.parse(`${text}Z`) / 1000;
const MINUTE = 60;

function windowOf(start: string, end: string, zone: string): ScheduleWindow {
  return scheduleWindow.parse({ start, end, zone, floor: 15 });
}

describe("adjacent windows", () => {
  const night = [
    windowOf("0 1 * * *", "30 2 * * *", "Europe/Berlin"),
    windowOf("30 2 * * *", "0 4 * * *", "Europe/Berlin"),
  ];
  const floorAt = (at: number) => openBounds([{ kind: "schedule", windows: night }], at).floor;

  it.each([
    { day: "2026-01-05", what: "an ordinary day", begins: "00:00:00", ends: "03:00:00" },
    { day: "2026-03-29", what: "the day that clocks go forward", begins: "00:00:00", ends: "02:00:00" },
    { day: "2026-10-24", what: "the day that clocks go back", begins: "23:00:00", ends: "27:00:00" },
  ])("never dip, in the night of $what", ({ day, begins, ends }) => {
    const midnight = utc(`${day}T00:00:00`);
    const at = (time: string) => midnight + Number(time.slice(0, 2)) * 3600;
    for (let each = at(begins); each < at(ends); each += MINUTE) expect(floorAt(each)).toBe(15);
    expect(floorAt(at(begins) - 1)).toBe(0);
    expect(floorAt(at(ends))).toBe(0);
  });
});

describe("any daily window", () => {
  // What it comes to when one walks along the clock and opens and closes by hand.
  function byHand(zone: string, [start, end]: [number, number], from: number, to: number): boolean[] {
    const clock = wallClockOf(zone);
    let shown = clock(from) - MINUTE;
    let isOpen = false;
    const states: boolean[] = [];
    for (let at = from; at <= to; at += MINUTE) {
      for (let minute = shown + MINUTE; minute <= clock(at); minute += MINUTE) {
        const ofDay = ((Math.floor(minute / MINUTE) % 1440) + 1440) % 1440;
        if (ofDay === end) isOpen = false;
        if (ofDay === start) isOpen = true;
        shown = minute;
      }
      states.push(isOpen);
    }
    return states;
  }

  const cronAt = (minute: number) => `${minute % 60} ${Math.floor(minute / 60)} * * *`;
  const minutes = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 50, max: 190 }));
  const day = fc.constantFrom("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-07-01");

  test.prop([fc.constantFrom("Europe/Berlin", "America/New_York"), day, minutes, minutes], { seed: 1, numRuns: 10 })(
    "is open when one opens and closes it by hand",
    (zone, date, start, end) => {
      const window = windowOf(cronAt(start), cronAt(end), zone);
      const first = utc(`${date}T00:00:00`);
      const walked = byHand(zone, [start, end], first - 2 * 86_400, first + 86_400).slice(-1441);
      const clockOf = () => wallClock;
      const wallClock = wallClockOf(zone);
      const asked = walked.map((_, index) => openAt(window, first + index * MINUTE, clockOf) !== undefined);
      expect(asked).toEqual(walked);
    },
  );
});

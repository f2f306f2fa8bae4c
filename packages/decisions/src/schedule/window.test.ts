import { describe, expect, it } from "vitest";
import { openBounds } from "./open.ts";
import { wallClockOf } from "./wall-clock.ts";
import { openAt, type ScheduleWindow, scheduleWindow } from "./window.ts";

type Input = Parameters<typeof scheduleWindow.decode>[0];

const utc = (text: string) => Date.parse(`${text}Z`) / 1000;

function windowOf(changes: Record<string, unknown>): ScheduleWindow {
  const given = { start: "0 9 * * *", end: "0 18 * * *", zone: "Europe/Berlin", floor: 15, ...changes };
  return scheduleWindow.parse(given);
}

const floorOf = (window: ScheduleWindow, at: string) => openAt(window, utc(at), wallClockOf)?.floor;

describe("a recurring window", () => {
  it.each([
    { at: "2026-01-05T07:59:59", floor: undefined },
    { at: "2026-01-05T08:00:00", floor: 15 },
    { at: "2026-01-05T16:59:59", floor: 15 },
    { at: "2026-01-05T17:00:00", floor: undefined },
    { at: "2026-07-06T06:59:59", floor: undefined },
    { at: "2026-07-06T07:00:00", floor: 15 },
    { at: "2026-07-06T16:00:00", floor: undefined },
  ])("is open by the clock of its zone, its end not included: $at", ({ at, floor }) => {
    expect(floorOf(windowOf({}), at)).toBe(floor);
  });

  it.each([
    { what: "over midnight", changes: { start: "0 22 * * *", end: "0 6 * * *" }, at: "2026-01-05T01:00:00" },
    { what: "over a weekend", changes: { start: "0 20 * * 5", end: "0 6 * * 1" }, at: "2026-01-04T12:00:00" },
    { what: "always", changes: { start: "0 9 * * *", end: "0 9 * * *" }, at: "2026-01-04T09:00:00" },
    { what: "for a day", changes: { start: "0 9 * * 1", end: "0 9 * * *" }, at: "2026-01-05T09:00:00" },
  ])("may be open $what", ({ changes, at }) => {
    expect(floorOf(windowOf(changes), at)).toBe(15);
  });

  it("may have a ceiling, a floor, or both", () => {
    const ceiling = windowOf({ floor: undefined, ceiling: 5 });
    expect(openAt(ceiling, utc("2026-01-05T12:00:00"), wallClockOf)).toEqual({ floor: 0, ceiling: 5 });
    const floor = openAt(windowOf({}), utc("2026-01-05T12:00:00"), wallClockOf);
    expect(floor).toEqual({ floor: 15, ceiling: Number.POSITIVE_INFINITY });
  });
});

describe("when clocks go forward", () => {
  // In Berlin 02:00 becomes 03:00 on 2026-03-29 at 01:00Z; the evening before ends at 23:00Z.
  it.each([
    { at: "2026-03-28T23:30:00", floor: undefined },
    { at: "2026-03-29T00:59:59", floor: undefined },
    { at: "2026-03-29T01:00:00", floor: 15 },
    { at: "2026-03-29T04:00:00", floor: undefined },
    { at: "2026-03-30T00:29:59", floor: undefined },
    { at: "2026-03-30T00:30:00", floor: 15 },
  ])("a start that is skipped comes at the first moment after, never the evening before: $at", ({ at, floor }) => {
    expect(floorOf(windowOf({ start: "30 2 * * *", end: "0 6 * * *" }), at)).toBe(floor);
  });

  it("an end that is skipped comes at the first moment after", () => {
    const window = windowOf({ start: "0 1 * * *", end: "30 2 * * *" });
    expect(floorOf(window, "2026-03-29T00:59:59")).toBe(15);
    expect(floorOf(window, "2026-03-29T01:00:00")).toBeUndefined();
  });

  it("a window that is skipped as a whole does not open, least of all for a day", () => {
    const window = windowOf({ start: "15 2 * * *", end: "45 2 * * *" });
    for (const at of ["2026-03-29T00:59:59", "2026-03-29T01:00:00", "2026-03-29T12:00:00"]) {
      expect(floorOf(window, at)).toBeUndefined();
    }
    expect(floorOf(window, "2026-03-30T00:15:00")).toBe(15);
  });
});

describe("when clocks go back", () => {
  // In Berlin 03:00 becomes 02:00 on 2026-10-25 at 01:00Z.
  it.each([
    { at: "2026-10-25T00:29:59", floor: undefined },
    { at: "2026-10-25T00:30:00", floor: 15 },
    { at: "2026-10-25T00:45:00", floor: undefined },
    { at: "2026-10-25T01:30:00", floor: undefined },
    { at: "2026-10-25T01:44:59", floor: undefined },
  ])("a window in the hour that comes twice opens once: $at", ({ at, floor }) => {
    expect(floorOf(windowOf({ start: "30 2 * * *", end: "45 2 * * *" }), at)).toBe(floor);
  });

  it("a start that comes twice is the first one, and an end after it is by the clock", () => {
    const window = windowOf({ start: "30 2 * * *", end: "0 4 * * *" });
    for (const at of ["2026-10-25T00:30:00", "2026-10-25T01:10:00", "2026-10-25T02:59:59"]) {
      expect(floorOf(window, at)).toBe(15);
    }
    expect(floorOf(window, "2026-10-25T03:00:00")).toBeUndefined();
  });
});

describe("adjacent windows", () => {
  const policies = [
    {
      kind: "schedule" as const,
      windows: [
        windowOf({ start: "0 9 * * *", end: "0 12 * * *", floor: 15 }),
        windowOf({ start: "0 12 * * *", end: "0 18 * * *", floor: 26 }),
      ],
    },
  ];
  const floorAt = (at: number) => openBounds(policies, at).floor;

  it.each(["2026-01-05", "2026-03-29", "2026-10-25"])("hand over at noon from 15 to 26 without a dip on %s", (day) => {
    const noon = utc(`${day}T12:00:00`) - (day === "2026-03-29" ? 7200 : 3600);
    const floors = [-1.5, -1, -0.5, 0, 0.5, 1].map((seconds) => floorAt(noon + seconds));
    expect(floors).toEqual([15, 15, 15, 26, 26, 26]);
    expect(floorAt(noon + 6 * 3600)).toBe(0);
  });
});

describe("a date on which a window does not start", () => {
  const window = (except: string[], changes = {}) => windowOf({ except, ...changes });

  it("is one of the window's zone", () => {
    const late = { start: "30 0 * * *", end: "0 6 * * *" };
    // 2026-01-06T00:30 in Berlin is 2026-01-05T23:30Z.
    expect(floorOf(window(["2026-01-06"], late), "2026-01-05T23:45:00")).toBeUndefined();
    expect(floorOf(window(["2026-01-05"], late), "2026-01-05T23:45:00")).toBe(15);
  });

  it("does not end one that is open already", () => {
    const week = { start: "0 9 * * *", end: "0 18 * * 5" };
    expect(floorOf(window(["2026-01-07"], week), "2026-01-07T12:00:00")).toBe(15);
  });

  it("is followed by ordinary ones, and may be one of several", () => {
    const holidays = window(["2026-12-25", "2026-12-26"]);
    const floors = ["24", "25", "26", "27"].map((day) => floorOf(holidays, `2026-12-${day}T12:00:00`));
    expect(floors).toEqual([15, undefined, undefined, 15]);
  });

  it("skips all of its starts", () => {
    const hourly = { start: "0 * * * *", end: "30 * * * *" };
    expect(floorOf(window(["2026-01-07"], hourly), "2026-01-07T12:10:00")).toBeUndefined();
    expect(floorOf(window([], hourly), "2026-01-07T12:10:00")).toBe(15);
  });
});

describe("a window that opens once", () => {
  const once = scheduleWindow.parse({ from: "2026-11-27T08:00:00+01:00", to: "2026-11-27T20:00:00+01:00", floor: 40 });

  it("is open from its beginning to its end, and then never again", () => {
    const at = ["06:59:59", "07:00:00", "18:59:59", "19:00:00"].map((time) => floorOf(once, `2026-11-27T${time}`));
    expect(at).toEqual([undefined, 40, 40, undefined]);
    expect(floorOf(once, "2027-11-27T12:00:00")).toBeUndefined();
  });
});

describe("a ramp", () => {
  it("rises evenly from the start, rounded up", () => {
    const window = windowOf({ floor: 10, ramp: "1h" });
    const floors = ["08:00:00", "08:01:00", "08:06:00", "08:30:00", "08:59:59", "09:00:00", "12:00:00"];
    expect(floors.map((time) => floorOf(window, `2026-01-05T${time}`))).toEqual([0, 1, 1, 5, 10, 10, 10]);
  });

  it("takes as long when clocks change, also after a start that is skipped", () => {
    const window = windowOf({ start: "30 2 * * *", end: "0 12 * * *", floor: 10, ramp: "2h" });
    expect(floorOf(window, "2026-03-29T02:00:00")).toBe(5);
    expect(floorOf(window, "2026-10-25T01:30:00")).toBe(5);
  });

  it("is one of windows that open once, too", () => {
    const once = scheduleWindow.parse({
      from: "2026-01-05T08:00:00Z",
      to: "2026-01-05T20:00:00Z",
      floor: 10,
      ramp: "1h",
    });
    expect(["08:00:00", "08:30:00", "10:00:00"].map((time) => floorOf(once, `2026-01-05T${time}`))).toEqual([0, 5, 10]);
  });

  it("is one of the floor alone", () => {
    const window = windowOf({ floor: 10, ceiling: 20, ramp: "1h" });
    expect(openAt(window, utc("2026-01-05T08:00:00"), wallClockOf)).toEqual({ floor: 0, ceiling: 20 });
  });
});

describe("what is no window", () => {
  const issues = (given: unknown) => scheduleWindow.safeParse(given).success;
  const good: Input = { start: "0 9 * * 1-5", end: "0 18 * * 1-5", zone: "Europe/Berlin", floor: 3 };

  it.each([
    { what: "a start of four fields", given: { ...good, start: "0 9 * *" } },
    { what: "a start of six fields", given: { ...good, start: "0 0 9 * * *" } },
    { what: "a start that never comes", given: { ...good, start: "0 9 30 2 *" } },
    { what: "a start that is a date", given: { ...good, start: "2026-01-01T09:00:00" } },
    { what: "an end of words", given: { ...good, end: "six in the evening, or so" } },
    { what: "an end of five words", given: { ...good, end: "six in the evening sharp" } },
    { what: "an end at the beginning", given: { from: "2026-02-01T00:00:00Z", to: "2026-02-01T00:00:00Z", floor: 3 } },
    { what: "an unknown zone", given: { ...good, zone: "Europe/Atlantis" } },
    { what: "an unknown key", given: { ...good, flor: 3 } },
    { what: "a date that is none", given: { ...good, except: ["2026-02-30"] } },
    { what: "neither floor nor ceiling", given: { ...good, floor: undefined } },
    { what: "a floor above the ceiling", given: { ...good, ceiling: 2 } },
    {
      what: "an end before the beginning",
      given: { from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z", floor: 3 },
    },
    {
      what: "a beginning without an offset",
      given: { from: "2026-02-01T00:00:00", to: "2026-03-01T00:00:00Z", floor: 3 },
    },
  ])("is refused: $what", ({ given }) => {
    expect(issues(good)).toBe(true);
    expect(issues(given)).toBe(false);
  });
});

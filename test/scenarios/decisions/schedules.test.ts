import { describe, expect, it } from "vitest";
import { keyOf, MINUTE, metric, paused, series, settings, tracking } from "../../builders/decisions.ts";
import { codes, drive } from "../drive.ts";

const utc = (text: string) => Date.parse(`${text}Z`) / 1000;
const HOUR = 3600;

type Window = { start: string; end: string; floor?: number; ceiling?: number; except?: string[] };

/** A target in Berlin whose load needs `tolerance` to be noticed. */
function scheduled(windows: Window[], changes: Parameters<typeof settings>[0] = {}) {
  const schedule = { kind: "schedule" as const, windows: windows.map((each) => ({ zone: "Europe/Berlin", ...each })) };
  return settings({
    min: 1,
    max: 100,
    policies: [tracking({ tolerance: { in: 0.1, out: 0.1 } }), schedule],
    ...changes,
  });
}

const idle = (at: number) => ({ answers: { [keyOf("load")]: series([[at - MINUTE, 0]]) } });

describe("case 9: floors are exact", () => {
  const day = { start: "0 9 * * *", end: "0 18 * * *", floor: 45 };

  it("an idle target of 49 comes down to 45, whatever the tolerance", () => {
    const target = drive(scheduled([day]), { desired: 49, at: utc("2026-01-05T10:00:00") });
    const record = target.tick(idle(target.at));
    expect(target.desired).toBe(45);
    expect(codes(record)).toEqual(["belowTarget", "belowMin"]);
    target.tick(idle(target.at));
    expect(target.desired).toBe(45);
  });

  it("an idle target of 40 goes up to 45 at once, and says why", () => {
    const target = drive(scheduled([day]), { desired: 40, at: utc("2026-01-05T10:00:00") });
    expect(codes(target.tick(idle(target.at)))).toEqual(["windowFloor"]);
    expect(target.desired).toBe(45);
  });

  it("a target that cannot see goes up to 45 as well", () => {
    const target = drive(scheduled([day]), { desired: 40, at: utc("2026-01-05T10:00:00") });
    expect(target.ticks(1)).toEqual([45]);
  });

  it("a target that needs more has more", () => {
    const target = drive(scheduled([day]), { desired: 49, at: utc("2026-01-05T10:00:00") });
    expect(target.ticks(1, { metrics: { load: 600 } })).toEqual([60]);
  });

  it("when the window ends, the bounds before it are back", () => {
    const target = drive(scheduled([day]), { desired: 45, at: utc("2026-01-05T16:58:00") });
    const after = [1, 2, 3, 4].map(() => {
      target.tick(idle(target.at));
      return target.desired;
    });
    expect(after).toEqual([45, 45, 1, 1]);
  });

  it("outside of windows, and above floors, it makes nobody lower: steps in their dead band stay", () => {
    const step = { kind: "step" as const, signals: [metric("load")], steps: [{ from: 80, change: { units: 2 } }] };
    const schedule = { kind: "schedule" as const, windows: [{ zone: "Europe/Berlin", ...day }] };
    const given = settings({ min: 1, max: 100, policies: [step, schedule] });
    for (const at of ["2026-01-05T04:00:00", "2026-01-05T10:00:00"]) {
      const target = drive(given, { desired: 50, at: utc(at) });
      expect(target.ticks(2, { metrics: { load: 50 } })).toEqual([50, 50]);
    }
  });

  it("a schedule that is all there is goes back to the minimum by itself", () => {
    const only = settings({
      ...{ min: 2, max: 100 },
      policies: [{ kind: "schedule", windows: [{ ...day, zone: "Europe/Berlin" }] }],
    });
    const target = drive(only, { desired: 2, at: utc("2026-01-05T07:59:00") });
    expect(target.ticks(2)).toEqual([2, 45]);
    target.skip(9 * HOUR - MINUTE);
    expect(target.ticks(2)).toEqual([2, 2]);
  });
});

describe("case 9: the hand-over has no dip", () => {
  const windows = [
    { start: "0 9 * * *", end: "0 12 * * *", floor: 15 },
    { start: "0 12 * * *", end: "0 18 * * *", floor: 26 },
  ];

  it.each(["2026-01-05", "2026-03-29", "2026-10-25"])("at noon of %s", (day) => {
    const noon = utc(`${day}T12:00:00`) - (day === "2026-03-29" ? 2 : 1) * HOUR;
    const target = drive(scheduled(windows), { desired: 1, at: noon - 4 * MINUTE });
    const floors = Array.from({ length: 8 }, () => {
      target.tick(idle(target.at));
      return target.desired;
    });
    expect(floors).toEqual([15, 15, 15, 15, 26, 26, 26, 26]);
  });
});

describe("case 9: clocks change", () => {
  const run = (window: Window, from: string, minutes: number) => {
    const target = drive(scheduled([window]), { desired: 1, at: utc(from) });
    const opened: string[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      const [before, at] = [target.desired, target.at];
      target.tick(idle(at));
      if (target.desired > before) opened.push(new Date(at * 1000).toISOString().slice(11, 16));
    }
    return opened;
  };

  it("a start at 02:30 that does not exist begins at 03:00, never the evening before", () => {
    const night = { start: "30 2 * * *", end: "0 6 * * *", floor: 8 };
    expect(run(night, "2026-03-28T17:00:00", 18 * 60)).toEqual(["01:00"]);
  });

  it("a start at 02:30 that exists twice fires once", () => {
    const night = { start: "30 2 * * *", end: "40 2 * * *", floor: 8 };
    expect(run(night, "2026-10-24T17:00:00", 18 * 60)).toEqual(["00:30"]);
  });
});

describe("case 18: a start that was missed while paused", () => {
  it("is made up for on resuming, because the window is what counts", () => {
    const day = { start: "0 9 * * *", end: "0 18 * * *", floor: 20 };
    const before = { desired: 4, at: utc("2026-01-05T07:58:00") };
    const lease = [paused("both", { until: before.at + HOUR })];

    // Bounds are the last word: an operator who wants less than the floor bounds it.
    expect(drive(scheduled([day]), before).ticks(4, { leases: lease })).toEqual([4, 4, 20, 20]);

    const target = drive(scheduled([day]), before);
    target.skip(30 * MINUTE); // nobody looked at the start itself
    expect(target.ticks(1)).toEqual([20]);
  });

  it("is not made up for when its window is over", () => {
    const hour = { start: "0 9 * * *", end: "0 10 * * *", floor: 20 };
    const target = drive(scheduled([hour]), { desired: 4, at: utc("2026-01-05T07:58:00") });
    target.skip(2 * HOUR);
    expect(target.ticks(2)).toEqual([4, 4]);
  });
});

import { describe, expect, it } from "vitest";
import { DAY, daily, HOUR, MONDAY, recorded, without } from "../../../../test/builders/loads.ts";
import type { History, Options } from "../history.ts";
import { sortedPoints } from "./points.ts";
import { type Repaired, repair } from "./repair.ts";

function repaired(history: History, days: number, more: Partial<Options> = {}): Repaired {
  const found = repair(history, { now: MONDAY + days * DAY, horizon: HOUR, ...more });
  if (typeof found === "string") throw new Error(found);
  return found;
}

const clean = { refused: 0, unsorted: false, duplicates: 0, resets: 0, gaps: 0, filled: 0, excludedDays: 0 };
const untouched = { ...clean, outages: 0, damped: 0, saturated: 0, shifts: [] };

describe("repair", () => {
  it("leaves a good history alone", () => {
    const history = recorded(10);
    const { series, repairs, known } = repaired(history, 10);
    expect(repairs).toEqual(untouched);
    expect([series.start, series.step, series.length, known]).toEqual([MONDAY, 300, 2880, 2880]);
    expect(series.values).toEqual(history.value);
    expect(series.truth).toEqual(history.value);
  });

  it("never changes what it was given", () => {
    const history = recorded(10, (at) => (at === MONDAY + 5 * DAY ? 9000 : daily(at)));
    const before = history.value.slice();
    expect(repaired(history, 10).repairs.damped).toBe(1);
    expect(history.value).toEqual(before);
  });

  it("uses 28 days at most, and nothing from now on", () => {
    const { series } = repaired(recorded(40), 35.5);
    expect([series.start, series.length]).toEqual([MONDAY + 7.5 * DAY, 28 * 288]);
  });

  it("leaves out an interval that is not over", () => {
    const { series } = repaired(recorded(3), 3, { now: MONDAY + 2 * DAY + 299 });
    expect(series.length).toBe(576);
  });

  it("reads a history that goes on after now as it would one that does not, whatever comes then", () => {
    const cut = repaired(recorded(10), 10);
    const { at, value } = recorded(12);
    value.fill(Number.NaN, 11 * 288);
    const longer = repaired({ at, value }, 10);
    const backwards = repaired({ at: at.toReversed(), value: value.toReversed() }, 10);
    for (const found of [longer, backwards]) expect(found.series).toEqual(cut.series);
    expect(longer.repairs).toEqual(untouched);
    expect(backwards.repairs).toEqual({ ...untouched, unsorted: true });
    // In order, it is looked at and not copied.
    expect(sortedPoints({ at, value }, MONDAY + 10 * DAY).points.at.buffer).toBe(at.buffer);
  });

  it("takes the larger of two values for a step", () => {
    const { at, value } = recorded(3);
    const doubled = { at: [...at, ...at.slice(10, 12)], value: [...value, 1, 5000] };
    const { series, repairs } = repaired(doubled, 3);
    expect(repairs).toMatchObject({ duplicates: 2, unsorted: true });
    expect([series.truth[10], series.truth[11]]).toEqual([value[10], 5000]);
  });

  it("puts points that are a little off into their step", () => {
    const { at, value } = recorded(3);
    const late = { at: at.map((time, index) => time + (index % 7 === 3 ? 20 : 0)), value };
    const { series, repairs } = repaired(late, 3, { step: 300 });
    expect(repairs).toMatchObject({ gaps: 0, duplicates: 0 });
    expect(series.truth.slice(0, 500)).toEqual(value.slice(0, 500));
  });

  it("bridges short gaps by a line, long ones as on the same day of other weeks, and marks them", () => {
    const week = (at: number) => Math.floor((at - MONDAY) / DAY) % 7;
    const load = (at: number) => 100 * (1 + week(at)) + (at % DAY) / HOUR;
    const [short, long] = [MONDAY + 8 * DAY + HOUR, MONDAY + 9 * DAY + HOUR];
    const gone = (at: number) => (at >= short && at < short + 900) || (at >= long && at < long + 3 * HOUR);
    const { series, repairs, known } = repaired(without(recorded(21, load), gone), 21);
    expect(repairs).toMatchObject({ gaps: 2, filled: 3 + 36 });
    expect(known).toBe(21 * 288 - 39);
    const position = (at: number) => (at - MONDAY) / 300;
    for (const at of [short, short + 600, long, long + 2 * HOUR]) {
      expect(series.values[position(at)]).toBeCloseTo(load(at), 6);
      expect(series.known[position(at)]).toBe(0);
    }
  });

  it("leaves out an outage, but not one that goes on, nor hours that are always empty", () => {
    const down = (from: number, to: number) => (at: number) => (at >= from && at < to ? 0 : daily(at));
    const over = down(MONDAY + 8 * DAY + 9 * HOUR, MONDAY + 8 * DAY + 14 * HOUR);
    expect(repaired(recorded(14, over), 14).repairs).toMatchObject({ outages: 1, gaps: 1, filled: 60 });
    const recent = down(MONDAY + 11 * DAY + 9 * HOUR, MONDAY + 11 * DAY + 14 * HOUR);
    for (const days of [11.6, 11.9, 12.4, 12.6]) {
      expect(repaired(recorded(14, recent), days).repairs).toMatchObject({ outages: 1, gaps: 1, filled: 60 });
    }
    const early = down(MONDAY + 9 * HOUR, MONDAY + 14 * HOUR);
    expect(repaired(recorded(14, early), 14).repairs.outages).toBe(1);
    const goesOn = down(MONDAY + 14 * DAY - 5 * HOUR, MONDAY + 14 * DAY);
    expect(repaired(recorded(14, goesOn), 14).repairs.outages).toBe(0);
    const shut = (at: number) => (at % DAY < 8 * HOUR ? 0 : daily(at));
    expect(repaired(recorded(14, shut), 14).repairs.outages).toBe(0);
    const weekends = (at: number) => ((at - MONDAY) % (7 * DAY) >= 5 * DAY ? 0 : 100);
    expect(repaired(recorded(28, weekends), 28).repairs.outages).toBe(0);
    const unborn = down(MONDAY, MONDAY + 10 * DAY);
    expect(repaired(recorded(14, unborn), 14).repairs.outages).toBe(0);
  });

  it("damps a freak, but not what comes every day, and is judged by what there was", () => {
    const at = MONDAY + 8 * DAY + 9 * HOUR;
    const freak = repaired(
      recorded(14, (time) => (time === at ? 5000 : daily(time))),
      14,
    );
    const position = (at - MONDAY) / 300;
    expect(freak.repairs.damped).toBe(1);
    expect(freak.series.values[position]).toBeLessThan(200);
    expect(freak.series.truth[position]).toBe(5000);
    expect(freak.series.sums[freak.series.length]).toBeCloseTo(
      freak.series.values.reduce((a, b) => a + b),
      3,
    );
    const job = repaired(
      recorded(14, (time) => (time % DAY === 9 * HOUR ? 5000 : daily(time))),
      14,
    );
    expect(job.repairs.damped).toBe(0);
  });

  it("reads a counter, and what it began again with", () => {
    const at = Float64Array.from({ length: 576 }, (_, index) => MONDAY + index * 300);
    const value = at.map((_, index) => (index < 300 ? 7 * index : 7 * (index - 300) + 3));
    const { series, repairs } = repaired({ at, value }, 2, { kind: "counter" });
    expect(repairs.resets).toBe(1);
    expect([series.start, series.truth[0], series.truth[299], series.truth[300]]).toEqual([MONDAY + 300, 7, 3, 7]);
  });

  it("names where the level changed, and no weekend", () => {
    const shift = MONDAY + 10 * DAY + 3 * HOUR;
    const { repairs } = repaired(
      recorded(20, (at) => daily(at) * (at >= shift ? 3 : 1)),
      20,
    );
    expect(repairs.shifts).toEqual([{ at: shift, factor: expect.closeTo(3, 0) }]);
    expect(repaired(recorded(20), 20).repairs.shifts).toEqual([]);
  });

  it("says a finite factor where there was nothing before", () => {
    const live = MONDAY + 10 * DAY;
    const { repairs } = repaired(
      recorded(13, (at) => (at < live ? 0 : daily(at))),
      13,
    );
    expect(repairs.shifts).toEqual([{ at: live, factor: 1000 }]);
  });

  it("refuses a load that is larger than any", () => {
    const at = MONDAY + 8 * DAY;
    const { repairs, series } = repaired(
      recorded(14, (time) => (time === at ? 1e31 : daily(time))),
      14,
    );
    expect(repairs).toMatchObject({ refused: 1, gaps: 1, filled: 1 });
    expect(Math.max(...series.truth)).toBeLessThan(1000);
  });

  it.each<[string, History, Partial<Options>, string]>([
    [
      "values larger than any load",
      recorded(9, () => 1e160),
      {},
      "0 values before now: 2592 cannot be load (0 to 1e+30)",
    ],
    ["no values", { at: [], value: [] }, {}, "there are 0 values before now"],
    [
      "only values that cannot be load",
      { at: [MONDAY, MONDAY + 60], value: [-1, Number.NaN] },
      {},
      "there are 0 values",
    ],
    ["only values to come", { at: [MONDAY + 9e6, MONDAY + 9e6 + 60], value: [1, 1] }, {}, "there are 0 values"],
    ["one value a day", recorded(9, daily, DAY), {}, "values are 86400 s apart: at most 12 hours are of use"],
  ])("says what is wrong with %s", (_, history, more, why) => {
    expect(repair(history, { now: MONDAY + 10 * DAY, horizon: HOUR, ...more })).toContain(why);
  });
});

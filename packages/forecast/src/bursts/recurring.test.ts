import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { bursting, DAY, daily, HOUR, MONDAY, noise, recorded, without } from "../../../../test/builders/loads.ts";
import type { History, Options } from "../history.ts";
import { repair } from "../repair/repair.ts";
import { AT_LEAST, append, type Series, UNKNOWN } from "../series.ts";
import { recurringOf } from "./recurring.ts";

function seriesAfter(days: number, history: History, more: Partial<Options> = {}): Series {
  const repaired = repair(history, { now: MONDAY + days * DAY, horizon: HOUR, ...more });
  if (typeof repaired === "string") throw new Error(repaired);
  return repaired.series;
}

/** Minutes past the hour by the clock of the series at which bursts are found to recur. */
function minutesOf(series: Series): number[] {
  const minutes = recurringOf(series).map(({ phase }) => ((series.start + phase * series.step) % HOUR) / 60);
  return minutes.sort((a, b) => a - b);
}

const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const chance = (index: number) => (1 + noise(index)) / 2;

/** A burst of 400 on 100 at :00 in some of every so many hours, drawn by lot. */
function drawn(some: number, hours: number, seed = 0, height = 400): (at: number) => number {
  return (at) => {
    const hour = Math.floor(at / HOUR);
    const index = hour % hours;
    const lots = Array.from({ length: hours }, (_, other) => chance((hour - index + other) * 61 + seed * 1e5));
    const rank = lots.filter((lot) => lot < (lots[index] ?? 0)).length;
    return 100 + (at % HOUR < 300 && rank < some ? height : 0);
  };
}

describe("bursts recur", () => {
  it("at :00 in 15 % of the hours, whichever these are", () => {
    for (const seed of seeds) {
      const found = recurringOf(seriesAfter(14, recorded(14, drawn(3, 20, seed))));
      expect(found.map(({ phase }) => phase)).toEqual([0]);
      expect(found[0]?.share).toBeCloseTo(0.15, 1);
    }
  });

  it.each([
    [60, [0, 1, 2, 3, 4, 30, 31, 32, 33, 34]],
    [300, [0, 30]],
    [600, [0, 30]],
    [900, []],
    [1800, []],
    [3600, []],
    [420, []], // hours do not consist of these
  ])("in steps of %d s, as far as an hour has structure", (step, minutes) => {
    expect(minutesOf(seriesAfter(14, recorded(14, bursting(0.25, [0, 30]), step)))).toEqual(minutes);
  });

  it("by the clock when the series begins at an odd time", () => {
    const load = bursting(0.25, [10, 35]);
    for (const late of [5, 35, 50]) {
      const { at, value } = without(recorded(14, load), (time) => time < MONDAY + late * 60);
      expect(minutesOf(seriesAfter(13.27, { at, value }))).toEqual([10, 35]);
    }
  });

  it("where four weeks have gaps", () => {
    const gappy = without(recorded(28, bursting(0.25, [20])), (at) => at % (2.5 * DAY) < 3 * HOUR || at % 7 === 3);
    expect(minutesOf(seriesAfter(28, gappy))).toEqual([20]);
  });

  it("in a share of the hours that are known, each with its rise", () => {
    const series = seriesAfter(3, recorded(3, drawn(1, 4)));
    expect(recurringOf(series)).toMatchObject([{ phase: 0, share: expect.closeTo(0.25, 1), rises: { length: 71 } }]);
    for (let at = 0; at < series.length; at += 24) if (series.truth[at] === 100) series.known[at] = UNKNOWN;
    const [found] = recurringOf(series);
    expect(found?.rises.length).toBeLessThan(50);
    const bursts = found?.rises.filter((rise) => rise > 300) ?? [];
    expect(found?.share).toBe(bursts.length / (found?.rises.length ?? 0));
  });

  it("through a change of clocks", () => {
    const now = Date.parse("2026-03-31T00:00:00Z") / 1000; // clocks in Berlin went forward on the 29th
    const at = Float64Array.from({ length: 14 * 288 }, (_, index) => now + (index - 14 * 288) * 300);
    const history = { at, value: at.map(bursting(0.25, [20])) };
    for (const zone of ["UTC", "Europe/Berlin"]) {
      expect(minutesOf(seriesAfter(0, history, { now, zone }))).toEqual([20]);
    }
    expect(minutesOf(seriesAfter(0, history, { now, zone: "Asia/Kolkata" }))).toEqual([50]);
  });

  it("no longer when they have not for a week", () => {
    const ended = MONDAY + 14 * DAY;
    const load = bursting(0.25, [0]);
    const series = (days: number) =>
      seriesAfter(
        days,
        recorded(28, (at) => (at < ended ? load(at) : 100)),
      );
    expect(minutesOf(series(15))).toEqual([0]);
    expect(minutesOf(series(21.1))).toEqual([]);
  });

  it("after two days of them, not after one", () => {
    const load = bursting(0.4, [0]);
    expect(minutesOf(seriesAfter(2, recorded(2, load)))).toEqual([0]);
    expect(minutesOf(seriesAfter(0.9, recorded(2, load)))).toEqual([]);
  });
});

describe("nothing is proven by", () => {
  const nothing: [string, (at: number) => number][] = [
    ["a smooth load", daily],
    ["a constant", () => 42],
    ["zero", () => 0],
    ["one huge burst", (at) => 100 + (at === MONDAY + 12 * DAY ? 1e9 : 0)],
    ["a handful of bursts in the same minutes", (at) => (at % (29 * HOUR) === 0 ? 5000 : 100)],
    ["a burst every hour", (at) => (at % HOUR === 0 ? 500 : 100)],
    ["bursts at the same eight hours of every day", (at) => (at % (3 * HOUR) === 0 ? 500 : 100)],
    ["bursts at every hour of the working day", (at) => (at % HOUR === 0 && daily(at) > 100 ? 500 : 100)],
    ["bursts in two hours of 25", drawn(2, 25)],
    ["rises by less than half of the mean load", drawn(1, 4, 0, 45)],
    ["a load as wild at all minutes", (at) => 100 * Math.abs(noise(at / 300)) ** 4],
  ];
  it.each(nothing)("%s", (_, load) => {
    expect(minutesOf(seriesAfter(14, recorded(14, load)))).toEqual([]);
  });

  it.each([
    [60, 2],
    [60, 9],
    [300, 2],
    [300, 9],
  ])("bursts of several minutes at times of chance, in steps of %d s, after %d days", (step, days) => {
    for (const seed of seeds) {
      // 8 % of all time, five minutes each
      const load = (at: number) => (chance(Math.floor(at / 300) + seed * 1e4) < 0.08 ? 500 : 100);
      expect(minutesOf(seriesAfter(days, recorded(days, load, step)))).toEqual([]);
    }
  });

  it("bursts after every 63 minutes, in steps of seven", () => {
    const load = (at: number) => ((at - MONDAY) % 3780 < 420 && chance(at / 420) < 0.25 ? 500 : 100);
    expect(recurringOf(seriesAfter(14, recorded(14, load, 420)))).toEqual([]);
  });

  it("bursts that nobody saw", () => {
    const series = seriesAfter(14, recorded(14, bursting(0.25, [0])));
    for (let at = 0; at < series.length; at += 1) if ((series.truth[at] ?? 0) > 300) series.known[at] = UNKNOWN;
    expect(minutesOf(series)).toEqual([]);
  });

  it("what comes after the origin", () => {
    const load = bursting(0.25, [0]);
    const series = seriesAfter(
      14,
      recorded(14, () => 100),
    );
    let longer = { ...series };
    for (let index = 0; index < 4 * 288; index += 1) longer = append(longer, load(MONDAY + 14 * DAY + index * 300));
    expect(minutesOf(longer)).toEqual([0]);
    expect(minutesOf({ ...longer, length: series.length })).toEqual([]);
  });
});

it("saturated bursts are bursts", () => {
  const series = seriesAfter(14, recorded(14, bursting(0.25, [0])));
  for (let at = 0; at < series.length; at += 1) if ((series.truth[at] ?? 0) > 300) series.known[at] = AT_LEAST;
  expect(minutesOf(series)).toEqual([0]);
});

test.prop(
  [fc.double({ min: 0.05, max: 0.6, noNaN: true }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: -30, max: 60 })],
  { seed: 20_260_101, numRuns: 40 },
)("they are the same whatever the unit", (share, seed, power) => {
  const history = recorded(9, bursting(share, [5, 40], seed));
  const value = history.value.map((load) => load * 2 ** power);
  const scaled = recurringOf(seriesAfter(9, history)).map((each) => ({
    ...each,
    rises: each.rises.map((rise) => rise * 2 ** power),
  }));
  expect(recurringOf(seriesAfter(9, { ...history, value }))).toEqual(scaled);
});

import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { bursting, DAY, HOUR, MONDAY, recorded, without } from "../../../../test/builders/loads.ts";
import { type Forecast, forecast } from "../forecast.ts";
import { seriesOf } from "../series.ts";
import { quantileAt } from "../window-quantile.ts";
import { raiseBursts } from "./raise.ts";

const levels = [0.1, 0.5, 0.75, 0.9, 0.99];
const positive = fc.double({ min: 0, max: 1000, noNaN: true });

/** A series, what was said of it, and what is said to recur: all of them whatever. */
const cases = fc
  .record({
    length: fc.integer({ min: 12, max: 40 }),
    values: fc.array(positive, { minLength: 40, maxLength: 40 }),
    said: fc.array(fc.array(positive, { minLength: levels.length, maxLength: levels.length }), {
      minLength: 1,
      maxLength: 30,
    }),
    phases: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 6 }),
    rises: fc.array(fc.double({ min: -1000, max: 3000, noNaN: true }), { minLength: 1, maxLength: 40 }),
  })
  .map(({ length, values, said, phases, rises }) => {
    const sorted = said.map((row) => row.toSorted((a, b) => a - b));
    return {
      values: Float64Array.from(values.slice(0, length)),
      recurring: phases.map((phase) => ({ phase, share: 0.2, rises: Float64Array.from(rises).sort() })),
      aheads: Int32Array.from(said, (_, index) => index + 1),
      point: Float64Array.from(sorted, (row) => row[1] ?? 0),
      quantiles: levels.map((_, rank) => Float64Array.from(sorted, (row) => row[rank] ?? 0)),
    };
  });
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function raised({ values, recurring, aheads, point, quantiles }: Case, factor = 1): Float64Array[] {
  const times = (numbers: Float64Array) => numbers.map((number) => number * factor);
  const known = new Uint8Array(values.length).fill(1);
  const series = seriesOf({ start: 0, step: 300, values: times(values), truth: times(values), known });
  const found = quantiles.map(times);
  const scaled = recurring.map((each) => ({ ...each, rises: times(each.rises) }));
  raiseBursts(series, scaled, { aheads, levels, point: times(point), quantiles: found });
  return found;
}

describe("raising quantiles for bursts", () => {
  const runs = { seed: 20_260_101, numRuns: 300 };

  test.prop([cases], runs)("lowers none, and leaves the middle and the steps alone at which none recurs", (given) => {
    const phases = new Set(given.recurring.map(({ phase }) => phase));
    for (const [rank, quantile] of raised(given).entries()) {
      for (const [index, value] of quantile.entries()) {
        const before = given.quantiles[rank]?.[index] ?? Number.NaN;
        expect(value).toBeGreaterThanOrEqual(before);
        const phase = (given.values.length + index) % 12;
        if ((levels[rank] ?? 0) <= 0.5 || !phases.has(phase)) expect(value).toBe(before);
      }
    }
  });

  test.prop([cases], runs)("crosses none, and makes none negative", (given) => {
    const found = raised(given);
    for (let index = 0; index < given.point.length; index += 1) {
      const values = found.map((quantile) => quantile[index] ?? Number.NaN);
      expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      expect(values.toSorted((a, b) => a - b)).toEqual(values);
    }
  });

  test.prop([cases, fc.integer({ min: -30, max: 60 })], runs)("scales with the load", (given, power) => {
    const expected = raised(given).map((quantile) => quantile.map((value) => value * 2 ** power));
    expect(raised(given, 2 ** power)).toEqual(expected);
  });

  it("adds the rises' quantile to the mean of the hour before, of which the point forecast is a part", () => {
    const rises = Float64Array.from({ length: 9 }, (_, index) => 100 * (index + 1));
    const given = {
      values: new Float64Array(24).fill(60),
      recurring: [{ phase: 3, share: 0.2, rises }],
      aheads: Int32Array.from({ length: 8 }, (_, index) => index + 1),
      point: new Float64Array(8).fill(72),
      quantiles: levels.map(() => new Float64Array(8).fill(80)),
    };
    // Three steps of 72 after nine of 60: 63 on average.
    const [, middle, high, higher] = raised(given);
    expect(middle).toEqual(new Float64Array(8).fill(80));
    expect(Array.from(high ?? [])).toEqual([80, 80, 80, 63 + 750, 80, 80, 80, 80]);
    expect(Array.from(higher ?? [])).toEqual([80, 80, 80, 63 + 900, 80, 80, 80, 80]);
  });

  it("goes by the clock of the series where the clocks change", () => {
    const given = {
      values: new Float64Array(24).fill(60),
      recurring: [{ phase: 3, share: 0.2, rises: Float64Array.of(500) }],
      aheads: Int32Array.of(2, 3, 10), // half an hour does not exist
      point: new Float64Array(3).fill(60),
      quantiles: levels.map(() => new Float64Array(3).fill(60)),
    };
    expect(Array.from(raised({ ...given, aheads: Int32Array.of(2, 3, 10) })[3] ?? [])).toEqual([60, 60, 60]);
    expect(Array.from(raised({ ...given, aheads: Int32Array.of(2, 4, 16) })[3] ?? [])).toEqual([60, 560, 560]);
  });
});

describe("a forecast of bursts", () => {
  const load = recorded(28, bursting(0.2, [0, 35]));
  function forecastAt(now: number, history = load): Forecast {
    const found = forecast(history, { now, horizon: 2 * HOUR, quantiles: [0.5, 0.75, 0.9] });
    if (found.is === "none") throw new Error(found.why);
    return found;
  }
  const isTime = (at: number) => [0, 35].includes((at % HOUR) / 60);

  it("covers them as often as its quantile says, and is hardly ever wide between them", () => {
    let [covered, steps, wide, between] = [0, 0, 0, 0];
    for (let origin = 8; origin < 27.9; origin += 0.083) {
      const found = forecastAt(MONDAY + Math.round((origin * DAY) / 300) * 300);
      for (let index = 0; index < found.point.length; index += 1) {
        const at = found.start + index * 300;
        const upper = quantileAt(found, 0.9, index);
        if (!isTime(at)) {
          wide += upper > 200 ? 1 : 0;
          between += 1;
          continue;
        }
        covered += (load.value[(at - MONDAY) / 300] ?? 0) <= upper ? 1 : 0;
        steps += 1;
      }
    }
    expect(steps).toBeGreaterThan(900);
    expect(covered / steps).toBeGreaterThan(0.86);
    expect(covered / steps).toBeLessThan(0.95);
    expect(wide / between).toBeLessThan(0.02);
  });

  it("says when they come, and raises no level at which they do not", () => {
    const found = forecastAt(MONDAY + 20.3 * DAY);
    expect(found.bursts.map(({ pastHour }) => pastHour)).toEqual([0, 2100]);
    for (const { share } of found.bursts) expect(Math.abs(share - 0.2)).toBeLessThan(0.08);
    expect(found.quantiles[1]?.every((value) => value < 300)).toBe(true);
    expect(found.quantiles[2]?.filter((value) => value > 400)).toHaveLength(4);
  });

  it("says so in the order of the clock, whenever its history begins", () => {
    const history = without(load, (at) => at < MONDAY + 20 * 60);
    const found = forecastAt(MONDAY + 20.3 * DAY, history);
    expect(found.bursts.map(({ pastHour }) => pastHour)).toEqual([0, 2100]);
  });

  it.each(["Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe"])("is the same by the clocks of %s", (zone) => {
    const now = MONDAY + 20.3 * DAY;
    const found = forecast(load, { now, horizon: 2 * HOUR, quantiles: [0.5, 0.75, 0.9], zone });
    if (found.is === "none") throw new Error(found.why);
    expect(found.bursts).toEqual(forecastAt(now).bursts);
    const raisedAt = (one: Forecast) => Array.from(one.quantiles[2] ?? [], (value) => value > 400);
    expect(raisedAt(found)).toEqual(raisedAt(forecastAt(now)));
  });

  it("knows nothing of those after its origin", () => {
    const now = MONDAY + 14 * DAY;
    const usual = bursting(0.2, [0, 35]);
    const changed = recorded(28, (at) => (at < now ? usual(at) : bursting(1, [10])(at)));
    expect(forecastAt(now, changed)).toEqual(forecastAt(now));
  });
});

import { describe, expect, it } from "vitest";
import { DAY, daily, HOUR, MONDAY, noise, recorded, without } from "../../../test/builders/loads.ts";
import { type Forecast, forecast } from "./forecast.ts";
import type { History, Options } from "./history.ts";

function forecastAfter(days: number, history: History, more: Partial<Options> = {}): Forecast {
  const found = forecast(history, { now: MONDAY + days * DAY, horizon: 2 * HOUR, quantiles: [0.1, 0.5, 0.9], ...more });
  if (found.is === "none") throw new Error(found.why);
  return found;
}

/** Mean absolute error of the point forecast by the mean load. */
function relativeError({ start, step, point }: Forecast, load: (at: number) => number): number {
  const truths = point.map((_, index) => load(start + index * step));
  const missed = point.reduce((sum, said, index) => sum + Math.abs(said - (truths[index] ?? 0)), 0);
  return missed / truths.reduce((sum, truth) => sum + truth, 0);
}

describe("a forecast", () => {
  it("begins where the history ends, and is as long as was asked for", () => {
    const found = forecastAfter(14, recorded(14), { horizon: 48 * HOUR });
    expect(found).toMatchObject({ start: MONDAY + 14 * DAY, step: 300, levels: [0.1, 0.5, 0.9] });
    expect([found.point, ...found.quantiles].map(({ length }) => length)).toEqual([576, 576, 576, 576]);
  });

  it.each([
    ["two hours", 2 * HOUR, 0.03],
    ["two days", 48 * HOUR, 0.03],
  ])("is about as good as the noise lets it be, %s ahead", (_, horizon, best) => {
    expect(relativeError(forecastAfter(22.5, recorded(23), { horizon }), daily)).toBeLessThan(best);
  });

  it("knows weekends from the calendar before there are two weeks", () => {
    const friday = forecastAfter(11.5, recorded(12), { horizon: 24 * HOUR });
    const yesterday = relativeError(
      { ...friday, point: friday.point.map((_, index) => daily(friday.start - DAY + index * 300)) },
      daily,
    );
    expect(yesterday).toBeGreaterThan(0.2);
    expect(relativeError(friday, daily)).toBeLessThan(yesterday / 2);
  });

  it("covers what its quantile says, over many origins", () => {
    const load = recorded(28, (at) => daily(at) * (1 + 0.2 * noise(at / 300 + 7)));
    let [covered, steps] = [0, 0];
    for (let origin = 14; origin < 27.9; origin += 0.31) {
      const { quantiles, start, step } = forecastAfter(origin, load);
      for (const [index, upper] of (quantiles[2] ?? []).entries()) {
        covered += (load.value[Math.round((start - MONDAY) / step) + index] ?? 0) <= upper ? 1 : 0;
        steps += 1;
      }
    }
    expect(covered / steps).toBeGreaterThan(0.87);
    expect(covered / steps).toBeLessThan(0.94);
  });

  it("says what it is made of", () => {
    const { backtest, seasons, repairs } = forecastAfter(21, recorded(21));
    expect(seasons.map(({ name }) => name)).toEqual(["day", "week"]);
    expect(backtest.map(({ ahead }) => ahead)).toEqual([300, 7200]);
    for (const { weights, error, naiveError } of backtest) {
      expect(weights.length).toBeGreaterThan(2);
      expect(error).toBeLessThan(naiveError);
    }
    expect(repairs).toMatchObject({ refused: 0, unsorted: false, gaps: 0, damped: 0, shifts: [] });
  });

  it("looks no further than its origin", () => {
    const known = recorded(14);
    const later = recorded(15, (at) => (at < MONDAY + 14 * DAY ? daily(at) : 1e6));
    expect(forecastAfter(14, later)).toEqual(forecastAfter(14, known));
  });
});

describe("too little history", () => {
  it.each([
    ["nothing", 0, "there are 0 values before now"],
    ["one day", 1, "the history is 1 days long: a forecast needs two"],
    ["a minute under two days", 2 - 5 / 1440, "the history is 1.9 days long: a forecast needs two"],
  ])("%s gives none, and says so", (_, days, why) => {
    const found = forecast(recorded(days), { now: MONDAY + days * DAY, horizon: HOUR });
    expect(found).toMatchObject({ is: "none", why });
  });

  it("two days are enough, for two days as well", () => {
    expect(forecastAfter(2, recorded(2)).point.length).toBe(24);
    const long = forecastAfter(2, recorded(2), { horizon: 48 * HOUR });
    expect(long.point.every((value) => value > 20 && value < 200)).toBe(true);
  });

  it("a load that was not heard of for days is not forecast", () => {
    const found = forecast(recorded(10), { now: MONDAY + 12.5 * DAY, horizon: HOUR });
    expect(found).toMatchObject({ is: "none", why: "the newest value that is known is 2.5 days old" });
  });

  it.each([60, 420, 2 * HOUR, 6 * HOUR])("a value every %d s is enough", (step) => {
    const found = forecastAfter(10, recorded(10, daily, step), { horizon: 24 * HOUR });
    expect(found.step).toBe(step);
    expect(found.point.every((value) => value > 10 && value < 250)).toBe(true);
  });

  it("days of which hardly anything is known are not enough", () => {
    const found = forecast(
      without(recorded(6), (at) => at % DAY > 2 * HOUR),
      { now: MONDAY + 5 * DAY, horizon: HOUR, step: 300 },
    );
    expect(found).toMatchObject({
      is: "none",
      why: "only 0.4 days of the history are known: a forecast needs one at least",
    });
  });
});

describe("odd histories", () => {
  const clean = forecastAfter(14, recorded(14));

  it("gaps of three hours are bridged", () => {
    const gappy = without(recorded(14), (at) => (at - MONDAY) % (2.5 * DAY) < 3 * HOUR);
    const found = forecastAfter(13.5, gappy);
    expect(found.repairs).toMatchObject({ gaps: 5, filled: 5 * 36 });
    expect(relativeError(found, daily)).toBeLessThan(0.04);
  });

  it("a gap of three hours before now is bridged as well", () => {
    const gappy = without(recorded(14), (at) => at >= MONDAY + 11.5 * DAY - 3 * HOUR);
    const found = forecastAfter(11.5, gappy);
    expect(found.start).toBe(MONDAY + 11.5 * DAY);
    expect(relativeError(found, daily)).toBeLessThan(0.08);
  });

  it("order does not matter", () => {
    const { at, value } = recorded(14);
    const order = Array.from(at.keys()).sort((a, b) => noise(a) - noise(b));
    const shuffled = { at: order.map((index) => at[index] ?? 0), value: order.map((index) => value[index] ?? 0) };
    const found = forecastAfter(14, shuffled);
    expect(found.repairs.unsorted).toBe(true);
    expect(found.quantiles).toEqual(clean.quantiles);
  });

  it("what is not finite or negative is missing", () => {
    const { at, value } = recorded(14);
    for (const [index, bad] of [Number.NaN, Number.POSITIVE_INFINITY, -5].entries()) value[1000 + 9 * index] = bad;
    const found = forecastAfter(13.5, { at, value });
    expect(found.repairs).toMatchObject({ refused: 3, gaps: 3, filled: 3 });
    expect(relativeError(found, daily)).toBeLessThan(0.04);
  });

  it("a constant stays, without a band", () => {
    for (const horizon of [2 * HOUR, 48 * HOUR]) {
      const { quantiles } = forecastAfter(
        7,
        recorded(7, () => 42),
        { horizon },
      );
      for (const quantile of quantiles) for (const value of quantile) expect(value).toBeCloseTo(42, 6);
    }
  });

  it("zero stays zero", () => {
    for (const horizon of [2 * HOUR, 48 * HOUR]) {
      const { quantiles, point } = forecastAfter(
        7,
        recorded(7, () => 0),
        { horizon, windows: [HOUR] },
      );
      for (const values of [point, ...quantiles]) expect(values.every((value) => value === 0)).toBe(true);
    }
  });

  it("a level five times as high is followed within hours", () => {
    const shift = MONDAY + 14 * DAY;
    const load = (at: number) => daily(at) * (at >= shift ? 5 : 1);
    const found = forecastAfter(14.25, recorded(15, load), { now: shift + 6 * HOUR });
    expect(relativeError(found, load)).toBeLessThan(0.2);
    expect(found.repairs.shifts).toEqual([{ at: shift, factor: expect.closeTo(5, 0) }]);
  });
});

describe("what the caller knows", () => {
  it("an excluded day counts for nothing", () => {
    const drilled = (at: number) => (Math.floor((at - MONDAY) / DAY) === 13 ? 2000 : daily(at));
    const options = { excludeDays: ["2026-01-18"] };
    const found = forecastAfter(14, recorded(14, drilled), options);
    expect(found.repairs).toMatchObject({ excludedDays: 1, filled: 288 });
    expect(found.quantiles[2]?.every((value) => value < 300)).toBe(true);
  });

  it("a holiday is like a Sunday", () => {
    const horizon = 24 * HOUR;
    const monday = MONDAY + 21 * DAY;
    const options = { horizon, holidays: ["2026-01-12", "2026-01-26"] };
    const holiday = (at: number) => (at - MONDAY < 7 * DAY || at - MONDAY >= 8 * DAY ? daily(at) : 0.6 * daily(at));
    const off = forecastAfter(21, recorded(21, holiday), options);
    const usual = forecastAfter(21, recorded(21, holiday), { horizon });
    const sum = ({ point }: Forecast) => point.reduce((total, value) => total + value, 0);
    expect(off.start).toBe(monday);
    expect(sum(off)).toBeLessThan(sum(usual));
  });

  it("saturated minutes are lower bounds", () => {
    const now = MONDAY + 11.5 * DAY; // Friday noon; since Wednesday there was room for 50 only
    const capped = recorded(14, (at) => (at >= MONDAY + 9 * DAY ? Math.min(50, daily(at)) : daily(at)));
    const saturated = Uint8Array.from(capped.value, (value) => (value === 50 ? 1 : 0));
    const seen = forecastAfter(11.5, { ...capped, saturated });
    const unseen = forecastAfter(11.5, capped);
    expect(seen.repairs.saturated).toBeGreaterThan(300);
    expect(unseen.point[0]).toBeLessThan(70);
    expect(seen.point[0]).toBeGreaterThan(120);
    expect(daily(now)).toBeGreaterThan(150);
  });

  it("a counter's increments are forecast, through its resets", () => {
    const { at, value } = recorded(14, () => 10);
    let total = 0;
    const counter = value.map((gain, index) => {
      total = index % 1000 === 999 ? gain : total + gain;
      return total;
    });
    const found = forecastAfter(14, { at, value: counter }, { kind: "counter" });
    expect(found.repairs.resets).toBe(4);
    for (const point of found.point) expect(point).toBeCloseTo(10, 6);
  });

  it("users live by their own clocks: the day moves with them when these change", () => {
    // Clocks in Berlin go forward on 2026-03-29 at 01:00 UTC. People begin at 9 by their own clock.
    const change = 1_774_746_000;
    const local = (at: number) => at + (at >= change ? 2 : 1) * HOUR;
    const load = (at: number) => ((local(at) % DAY) / HOUR >= 9 && (local(at) % DAY) / HOUR < 17 ? 100 : 10);
    const from = change - 20 * DAY;
    const at = Float64Array.from({ length: (20 * DAY) / 900 }, (_, index) => from + index * 900);
    const options = { now: change, horizon: 24 * HOUR, quantiles: [0.5] };
    const zoned = forecast({ at, value: at.map(load) }, { ...options, zone: "Europe/Berlin" });
    const universal = forecast({ at, value: at.map(load) }, options);
    if (zoned.is === "none" || universal.is === "none") throw new Error("there are three weeks");
    expect(zoned.start).toBe(change);
    expect(relativeError(zoned, load)).toBeLessThan(0.02);
    expect(relativeError(universal, load)).toBeGreaterThan(0.1);
  });

  it.each([
    ["an hour before clocks go back", "2026-11-01T04:30:00Z"],
    ["in the hour that comes twice, the first time", "2026-11-01T05:30:00Z"],
    ["in the hour that comes twice, the second time", "2026-11-01T06:30:00Z"],
    ["after it", "2026-11-01T07:30:00Z"],
    ["before clocks go forward", "2026-03-08T06:30:00Z"],
    ["after clocks went forward", "2026-03-08T07:30:00Z"],
  ])("begins now, %s", (_, iso) => {
    const now = Date.parse(iso) / 1000;
    const at = Float64Array.from({ length: 14 * 288 }, (__, index) => now - (14 * 288 - index) * 300);
    for (const late of [0, 120]) {
      const options = { now: now + late, horizon: 2 * HOUR, quantiles: [0.5], zone: "America/New_York" };
      expect(forecast({ at, value: at.map(daily) }, options)).toMatchObject({ is: "forecast", start: now });
    }
  });
});

describe("options", () => {
  it.each([
    [{ horizon: 0 }, "the horizon is 0 s: it must be above 0"],
    [{ horizon: Number.NaN }, "the horizon is NaN s: it must be above 0"],
    [{ quantiles: [0.9, 0.5] }, "0.5 is no level: they ascend between 0 and 1"],
    [{ quantiles: [1] }, "1 is no level"],
    [{ holidays: ["Christmas"] }, "Christmas is no day"],
    [{ excludeDays: ["2026-02-30"] }, "2026-02-30 is no day"],
    [{ zone: "Mars/Olympus" }, "Mars/Olympus"],
  ])("%j is refused", (more, says) => {
    expect(() => forecastAfter(7, recorded(7), more)).toThrow(RangeError);
    expect(() => forecastAfter(7, recorded(7), more)).toThrow(says);
  });
});

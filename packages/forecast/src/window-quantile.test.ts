import { describe, expect, it } from "vitest";
import { DAY, daily, HOUR, MONDAY, noise, recorded } from "../../../test/builders/loads.ts";
import { type Forecast, forecast } from "./forecast.ts";
import { quantileAt, windowMaximum } from "./window-quantile.ts";

const noisy = recorded(28, (at) => daily(at) * (1 + 0.3 * noise(at / 300 + 7)));

function forecastAt(now: number, windows: number[] = [HOUR / 4, HOUR]): Forecast {
  const found = forecast(noisy, { now, horizon: 3 * HOUR, windows, quantiles: [0.5, 0.9] });
  if (found.is === "none") throw new Error(found.why);
  return found;
}

describe("the maximum of a window", () => {
  const now = MONDAY + 20.5 * DAY;
  const found = forecastAt(now);
  const [from, to] = [now + HOUR, now + 2 * HOUR];

  it("is above the highest of the steps' quantiles", () => {
    const steps = Array.from({ length: 12 }, (_, index) => quantileAt(found, 0.9, 12 + index));
    expect(windowMaximum(found, from, to, 0.9)).toBeGreaterThan(Math.max(...steps));
  });

  it("grows with the window and with the level", () => {
    const quarter = windowMaximum(found, from, from + HOUR / 4, 0.9);
    expect(windowMaximum(found, from, to, 0.9)).toBeGreaterThan(quarter);
    expect(windowMaximum(found, from, to, 0.9)).toBeGreaterThan(windowMaximum(found, from, to, 0.5));
  });

  it("is covered as often as its level says, where the highest step's quantile is not", () => {
    let [covered, plain, windows] = [0, 0, 0];
    for (let origin = 14; origin < 27.8; origin += 0.07) {
      const at = MONDAY + Math.round((origin * DAY) / 300) * 300;
      const one = forecastAt(at, [HOUR]);
      const first = (at + HOUR - MONDAY) / 300;
      const truth = Math.max(...noisy.value.slice(first, first + 12));
      const steps = Array.from({ length: 12 }, (_, index) => quantileAt(one, 0.9, 12 + index));
      covered += truth <= windowMaximum(one, at + HOUR, at + 2 * HOUR, 0.9) ? 1 : 0;
      plain += truth <= Math.max(...steps) ? 1 : 0;
      windows += 1;
    }
    expect(covered / windows).toBeGreaterThan(0.85);
    expect(covered / windows).toBeLessThan(0.97);
    expect(plain / windows).toBeLessThan(0.8);
  });

  it("is as wide as the time of the window is wild, whatever the last hours were", () => {
    const isWild = (at: number) => (at % DAY) / HOUR >= 9 && (at % DAY) / HOUR < 17;
    const load = recorded(28, (at) => 100 * (1 + (isWild(at) ? 0.5 : 0.02) * noise(at / 300 + 7)));
    const aboveAt = (hour: number) => {
      const options = { now: MONDAY + 20 * DAY + hour * HOUR, horizon: 3 * HOUR, windows: [HOUR], quantiles: [0.9] };
      const one = forecast(load, options);
      if (one.is === "none") throw new Error(one.why);
      return one.windows[0]?.above.at(-1)?.[0]; // of the hour that begins three hours later
    };
    expect(aboveAt(8)).toBeGreaterThan(40);
    expect(aboveAt(12)).toBeGreaterThan(40);
    expect(aboveAt(16)).toBeLessThan(25);
    expect(aboveAt(2)).toBeLessThan(20);
  });

  it("never falls when the level rises", () => {
    const quantiles = Array.from({ length: 45 }, (_, index) => (5 + 2 * index) / 100);
    for (let origin = 14; origin < 27; origin += 1.31) {
      const now = MONDAY + Math.round((origin * DAY) / 300) * 300;
      const one = forecast(noisy, { now, horizon: 3 * HOUR, windows: [HOUR / 4, HOUR], quantiles });
      if (one.is === "none") throw new Error(one.why);
      for (const above of one.windows.flatMap((bands) => bands.above)) {
        expect(above.toSorted((a, b) => a - b)).toEqual(above);
      }
    }
  });

  it("is calibrated within half a day, and beyond it as far above its steps as there", () => {
    const found = forecast(noisy, { now, horizon: 48 * HOUR, windows: [HOUR], quantiles: [0.5, 0.9] });
    if (found.is === "none") throw new Error(found.why);
    const [bands] = found.windows;
    expect(bands?.horizons).toEqual([1, 49, 97]);
    const above = (ahead: number) => {
      const steps = found.point.slice(ahead / 300, ahead / 300 + 12);
      return windowMaximum(found, now + ahead, now + ahead + HOUR, 0.9) - Math.max(...steps);
    };
    expect(above(40 * HOUR)).toBeCloseTo(bands?.above[2]?.[1] ?? 0, 9);
  });

  it("of one step is that step's quantile", () => {
    expect(windowMaximum(found, from, from + 300, 0.9)).toBe(quantileAt(found, 0.9, 12));
  });

  it("is the highest of the steps' where no windows were asked for", () => {
    const plain = forecastAt(now, []);
    const steps = Array.from({ length: 12 }, (_, index) => quantileAt(plain, 0.9, 12 + index));
    expect(windowMaximum(plain, from, to, 0.9)).toBe(Math.max(...steps));
  });

  it.each([
    ["after the end", now + 2 * HOUR, now + 4 * HOUR, 0.9, "is outside of"],
    ["before the start", now - 2 * HOUR, now - HOUR, 0.9, "is outside of"],
    ["a level above the highest", now, now + HOUR, 0.95, "level 0.95 is outside of 0.5 to 0.9"],
  ])("is not said %s", (_, begin, end, level, says) => {
    expect(() => windowMaximum(found, begin, end, level)).toThrow(says);
  });
});

it("levels in between are interpolated", () => {
  const found = forecastAt(MONDAY + 20 * DAY);
  const [low = 0, high = 0] = found.quantiles.map((quantile) => quantile[3] ?? 0);
  expect(quantileAt(found, 0.7, 3)).toBeCloseTo((low + high) / 2, 9);
});

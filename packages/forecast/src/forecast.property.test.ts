import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { DAY, HOUR, MONDAY, noise } from "../../../test/builders/loads.ts";
import { type Forecast, forecast } from "./forecast.ts";
import type { History } from "./history.ts";
import { pack, unpack } from "./pack.ts";

const runs = { seed: 20_260_101, numRuns: 40 };
const STEP = 900;

/** Loads of all sorts: cycles, bursts, noise, dead hours, holes, values that cannot be. */
const histories = fc
  .record({
    days: fc.integer({ min: 2, max: 18 }),
    base: fc.integer({ min: 0, max: 1000 }),
    swing: fc.integer({ min: 0, max: 1000 }),
    jitter: fc.integer({ min: 0, max: 500 }),
    burstEvery: fc.integer({ min: 2, max: 500 }),
    deadHours: fc.integer({ min: 0, max: 20 }),
    lost: fc.array(fc.integer({ min: 1, max: 1700 }), { maxLength: 60 }),
    phase: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ days, base, swing, jitter, burstEvery, deadHours, lost, phase }) => {
    const at = Float64Array.from({ length: (days * DAY) / STEP }, (_, index) => MONDAY + index * STEP);
    const value = at.map((time, index) => {
      if ((time % DAY) / HOUR < deadHours) return 0;
      const cycle = base + swing * (1 + Math.sin((2 * Math.PI * time) / DAY));
      return Math.max(0, cycle + jitter * noise(index + phase)) * (index % burstEvery === 0 ? 7 : 1);
    });
    for (const index of lost) if (index < value.length) value[index] = Number.NaN;
    return { days, history: { at, value } };
  });

function forecastOf(days: number, history: History, horizon = 3 * HOUR, now = MONDAY + days * DAY): Forecast {
  const found = forecast(history, { now, horizon, step: STEP, windows: [HOUR], quantiles: [0.05, 0.5, 0.9, 0.99] });
  if (found.is === "none") throw new Error(found.why);
  return found;
}

describe("every forecast", () => {
  const horizons = fc.constantFrom(STEP, 3 * HOUR, 48 * HOUR);

  test.prop([histories, horizons], runs)(
    "is finite, not below 0, and its quantiles do not cross",
    ({ days, history }, horizon) => {
      const { quantiles, point } = forecastOf(days, history, horizon);
      for (let index = 0; index < point.length; index += 1) {
        const values = quantiles.map((quantile) => quantile[index] ?? Number.NaN);
        expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        expect(values.toSorted((a, b) => a - b)).toEqual(values);
      }
    },
  );

  test.prop(
    [histories, horizons, fc.integer({ min: -320, max: 305 }), fc.double({ min: 0, max: 1, noNaN: true })],
    runs,
  )(
    "or why there is none survives JSON, however large its load, and however long that was zero",
    ({ days, history }, horizon, magnitude, zeros) => {
      const live = MONDAY + zeros * days * DAY;
      const value = history.value.map((load, index) => ((history.at[index] ?? 0) < live ? 0 : load * 10 ** magnitude));
      const options = { now: MONDAY + days * DAY, horizon, step: STEP, windows: [STEP, HOUR] };
      const found = forecast({ ...history, value }, options);
      const kept = found.is === "forecast" ? pack(found) : found;
      expect(JSON.stringify(kept)).not.toMatch(/[[:,]null/);
      if (found.is === "none") return;
      const { point, quantiles } = unpack(JSON.parse(JSON.stringify(kept)));
      for (const numbers of [point, ...quantiles]) expect(numbers.every(Number.isFinite)).toBe(true);
    },
  );

  test.prop([histories, fc.constantFrom(0.001, 0.5, 3, 1e6)], runs)(
    "scales with its load",
    ({ days, history }, factor) => {
      const one = forecastOf(days, history);
      const other = forecastOf(days, {
        ...history,
        value: Float64Array.from(history.value, (value) => value * factor),
      });
      for (const [rank, quantile] of one.quantiles.entries()) {
        const size = Math.max(...(one.quantiles[3] ?? [])) * factor;
        for (const [index, value] of quantile.entries()) {
          expect(Math.abs((other.quantiles[rank]?.[index] ?? 0) - value * factor)).toBeLessThanOrEqual(
            1e-6 * size + 1e-90,
          );
        }
      }
    },
  );

  test.prop([histories, fc.integer({ min: -200, max: 200 })], runs)(
    "moves with its history by whole weeks",
    ({ days, history }, weeks) => {
      const later = weeks * 7 * DAY;
      const at = Float64Array.from(history.at, (time) => time + later);
      const moved = forecastOf(days, { ...history, at }, 3 * HOUR, MONDAY + days * DAY + later);
      const { quantiles, start } = forecastOf(days, history);
      expect(moved.start).toBe(start + later);
      expect(moved.quantiles).toEqual(quantiles);
    },
  );

  test.prop([histories, fc.integer({ min: 1, max: 1e6 })], runs)(
    "is the same whatever the order of its points",
    ({ days, history }, seed) => {
      const order = Array.from({ length: history.at.length }, (_, index) => index);
      order.sort((a, b) => noise(a * seed) - noise(b * seed));
      const pick = (from: Float64Array) => Float64Array.from(order, (index) => from[index] ?? 0);
      const shuffled = forecastOf(days, { at: pick(history.at), value: pick(history.value) });
      expect(shuffled.quantiles).toEqual(forecastOf(days, history).quantiles);
    },
  );
});

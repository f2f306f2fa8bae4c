import { describe, expect, test } from "vitest";
import { stream } from "../random.ts";
import { headroom, headroomDirect, headroomDirectForecast, headroomForecast } from "./headroom.ts";
import { demandOf } from "./load.ts";
import { scoreOf } from "./score.ts";
import { simulate } from "./simulate.ts";

/** Every morning the load goes from 10 to about 40 units' worth in two hours, and back; no day is quite like another. */
const noise = stream(3, "headroom in a backtest");
const heights = Array.from({ length: 6 }, () => 30 * (1 + 0.1 * noise.normal()));
const minutes = Float64Array.from({ length: heights.length * 1440 }, (_, minute) => {
  const hour = (minute % 1440) / 60;
  const height = heights[Math.floor(minute / 1440)] ?? 0;
  const wave = hour >= 7 && hour < 11 ? height * Math.sin((Math.PI * (hour - 7)) / 4) ** 2 : 0;
  return (10 + wave) * Math.max(0, 1 + 0.02 * noise.normal());
});
const load = { minutes, start: 1_767_571_200, perUnit: 1 };
const options = { min: 1, max: 200, startDelay: 300, queue: false };
/** Forecasts need two days. */
const RUN_IN = 3 * 1440;

describe.each([
  ["CloudWatch", headroom, headroomForecast(load)],
  ["a direct source", headroomDirect, headroomDirectForecast(load)],
])("with a metric from %s", (_, alone, foreseeing) => {
  const played = [alone, foreseeing].map((contender) => simulate(load, contender.create(0.95, options), options));
  const [without, beside] = played.map((supply) => scoreOf(supply, demandOf(load, 1), RUN_IN));

  test("a forecast has units there when a load comes that comes every day", () => {
    expect(without?.thetaU).toBeGreaterThan(0.1);
    expect(beside?.thetaU).toBeLessThan(0.4 * (without?.thetaU ?? 0));
  });

  test("it costs little more", () => {
    expect(beside?.unitHours).toBeLessThan(1.08 * (without?.unitHours ?? 0));
  });

  test("before it knows two days it changes nothing", () => {
    const [one, other] = played.map(({ ready }) => ready.subarray(0, 2 * 1440 * 12));
    expect(other).toEqual(one);
  });
});

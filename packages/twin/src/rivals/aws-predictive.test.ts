import { describe, expect, test } from "vitest";
import { simulate } from "../backtest/simulate.ts";
import { awsPredictive } from "./aws-predictive.ts";
import { awsTargetTracking } from "./aws-target-tracking.ts";

const SLOTS_AN_HOUR = 720;
const options = { min: 1, max: 200, startDelay: 300, queue: false };

/** Every day from eight to twelve 40 units' worth, else 10. */
const minutes = Float64Array.from({ length: 6 * 1440 }, (_, minute) => {
  const hour = Math.floor((minute % 1440) / 60);
  return hour >= 8 && hour < 12 ? 40 : 10;
});
const load = { minutes, start: 1_767_571_200, perUnit: 1 };

function readyAt(day: number, hour: number, policy = awsPredictive(load)): number {
  const { ready } = simulate(load, policy.create(1, options), options);
  return ready[Math.round((day * 24 + hour) * SLOTS_AN_HOUR)] ?? Number.NaN;
}

describe("AWS predictive scaling", () => {
  test("has in the hour's first second what the hour needs", () => {
    expect(readyAt(4, 8)).toBeGreaterThanOrEqual(39);
    expect(readyAt(4, 8, awsTargetTracking)).toBeLessThan(15);
  });

  test("knows nothing in the first day, and on the second what was on the first", () => {
    expect(readyAt(0, 8)).toBeLessThan(15);
    expect(readyAt(1, 8)).toBeGreaterThanOrEqual(39);
  });

  test("goes no earlier than it takes units to start", () => {
    expect(readyAt(4, 7.9)).toBeLessThan(15);
  });

  test("goes in with target tracking alone, a quarter of an hour after the load", () => {
    expect(readyAt(4, 12.1)).toBeGreaterThanOrEqual(39);
    expect(readyAt(4, 13)).toBeLessThan(15);
  });
});

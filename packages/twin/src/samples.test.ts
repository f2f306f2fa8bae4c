import { expect, test } from "vitest";
import { merge, type Sample, same, statisticOf } from "./samples.ts";

const units: Sample = {
  sum: 120,
  count: 3,
  min: 20,
  max: 60,
  values: [
    { value: 60, weight: 1 },
    { value: 20, weight: 1 },
    { value: 40, weight: 2 },
  ],
};

test.each([
  { statistic: "Average", value: 40 },
  { statistic: "Sum", value: 120 },
  { statistic: "Minimum", value: 20 },
  { statistic: "Maximum", value: 60 },
  { statistic: "SampleCount", value: 3 },
  { statistic: "p50", value: 40 },
  { statistic: "p90", value: 60 },
] as const)("$statistic is $value", ({ statistic, value }) => {
  expect(statisticOf(units, statistic)).toBe(value);
});

test("a percentile that falls between two values is the lower one", () => {
  const values = [10, 20].map((value) => ({ value, weight: 1 }));
  expect(statisticOf({ sum: 30, count: 2, min: 10, max: 20, values }, "p50")).toBe(10);
});

test("minutes merge into a period by their samples, not by their averages", () => {
  const period = merge([units, same(100, 7)]);
  expect(statisticOf(period, "Average")).toBe(82);
  expect(statisticOf(period, "Sum")).toBe(820);
  expect(statisticOf(period, "Minimum")).toBe(20);
  expect(statisticOf(period, "Maximum")).toBe(100);
  expect(statisticOf(period, "p50")).toBe(100);
});

test("percentiles of waiting times are those of exponential distribution", () => {
  const times: Sample = { ...same(0.2, 500), values: [{ value: 0.2, weight: 500 }], exponential: true };
  expect(statisticOf(times, "p50")).toBeCloseTo(0.2 * Math.log(2), 9);
  expect(statisticOf(times, "p99")).toBeCloseTo(0.2 * Math.log(100), 9);
});

test("a few slow seconds decide the high percentiles of a mixture, not the low ones", () => {
  const values = [
    { value: 0.1, weight: 95 },
    { value: 10, weight: 5 },
  ];
  const times: Sample = { sum: 59.5, count: 100, min: 0, max: 30, values, exponential: true };
  expect(statisticOf(times, "p50")).toBeLessThan(0.1);
  expect(statisticOf(times, "p99")).toBeCloseTo(10 * Math.log(5), 6);
});

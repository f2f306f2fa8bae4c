import { expect, test } from "vitest";
import { createMeter } from "./meter.ts";
import { monthlyCost, prices } from "./prices.ts";

const DAY = 86_400;

test("a metric that is read every minute costs $0.438 a month", () => {
  const meter = createMeter();
  meter.count("metricsRead", 1440);
  expect(monthlyCost(meter.used(), DAY).total).toBeCloseTo(0.438, 6);
});

test("an alarm costs $0.10 a month, however long the run was", () => {
  const meter = createMeter();
  meter.count("alarmMinutes", 2 * 1440);
  expect(monthlyCost(meter.used(), 2 * DAY).by.alarmMinutes).toBeCloseTo(0.1, 6);
});

test("a Lambda that runs 400 ms of every minute costs what requests and half a gigabyte cost", () => {
  const meter = createMeter();
  meter.count("lambdaInvocations", 1440);
  meter.count("lambdaMilliseconds", 1440 * 400);
  const { total, by } = monthlyCost(meter.used(), DAY);
  expect(by.lambdaInvocations).toBeCloseTo(0.00876, 5);
  expect(by.lambdaMilliseconds).toBeCloseTo(43_800 * 0.4 * 0.5 * 0.000_013_333_4, 6);
  expect(total).toBeCloseTo(by.lambdaInvocations + by.lambdaMilliseconds, 9);
});

test("everything that is metered has a price, and no time costs nothing", () => {
  const used = createMeter().used();
  expect(Object.keys(prices).toSorted()).toEqual(Object.keys(used).toSorted());
  expect(monthlyCost({ ...used, metricsRead: 5 }, 0).total).toBe(0);
});

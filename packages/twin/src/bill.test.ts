import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { billOf, monthOf, type Quantities } from "./bill.ts";
import { createMeter, type Usage } from "./meter.ts";
import { type Item, prices } from "./prices.ts";

const DAY = 86_400;
const none = { alarmMetrics: 0, customMetrics: 0, dashboards: 0, logGigabytes: 0, storedGigabytes: 0 };

function used(counts: Partial<Usage>): Usage {
  return { ...createMeter().used(), ...counts };
}

function costs(item: Item, quantities: Quantities): number | undefined {
  return billOf(quantities).lines.find((line) => line.item === item)?.usd;
}

test.each<[what: string, counts: Partial<Usage>, item: Item, usd: number]>([
  ["a metric that is read every minute", { metricsRead: 1440 }, "metricsRead", 0.438],
  ["a Lambda that is called every minute", { lambdaInvocations: 1440 }, "lambdaRequests", 0.00876],
  // 43,800 calls of 0.4 s at 0.5 GB
  ["and runs 400 ms", { lambdaMilliseconds: 1440 * 400 }, "lambdaMilliseconds", 43_800 * 0.2 * 0.000_013_333_4],
  ["a read of a small item every minute", { dynamoReads: 1440 }, "dynamoReads", 0.005475],
  ["a write of one every minute", { dynamoWrites: 1440 }, "dynamoWrites", 0.027375],
  ["a queue's attributes every minute", { sqsRequests: 1440 }, "sqsRequests", 0.01752],
  ["an event every minute", { eventsPublished: 1440 }, "events", 0.0438],
  ["the schedule", { schedulerInvocations: 1440 }, "schedulerInvocations", 0.0438],
])("%s: %j of %s is $%d a month", (_, counts, item, usd) => {
  expect(costs(item, monthOf(used(counts), DAY, none))).toBeCloseTo(usd, 8);
});

test("what stands costs the same however long the run was", () => {
  const standing = { alarmMetrics: 2, customMetrics: 3, dashboards: 1, logGigabytes: 4, storedGigabytes: 10 };
  for (const seconds of [0, 60, DAY]) {
    expect(billOf(monthOf(used({}), seconds, standing)).usd).toBeCloseTo(0.2 + 0.9 + 3 + 2 + 4.5, 9);
  }
});

test("what AWS gives away costs nothing, and no time costs nothing", () => {
  const free = used({ metricDataCalls: 9, capacityReads: 9, capacityWrites: 9, alarmMinutes: 9 });
  expect(billOf(monthOf(free, DAY, none)).usd).toBe(0);
  expect(billOf(monthOf(used({ metricsRead: 5 }), 0, none)).usd).toBe(0);
});

test("of the free tier only what goes beyond it is paid", () => {
  const month = monthOf(used({}), DAY, { ...none, alarmMetrics: 11, dashboards: 1 });
  expect(billOf(month).afterFreeTier).toBeCloseTo(0.1, 9);
});

test("the largest line comes first", () => {
  const { lines } = billOf(monthOf(used({ metricsRead: 1440 }), DAY, { ...none, dashboards: 1 }));
  expect(lines.slice(0, 2).map(({ item }) => item)).toEqual(["dashboards", "metricsRead"]);
  expect(lines.map(({ item }) => item).toSorted()).toEqual(Object.keys(prices).toSorted());
});

const count = fc.nat({ max: 1e9 });
const quantities: fc.Arbitrary<Quantities> = fc.record({
  ...{
    metricsRead: count,
    alarmMetrics: count,
    customMetrics: count,
    dashboards: count,
    lambdaRequests: count,
    lambdaMilliseconds: count,
  },
  ...{ dynamoReads: count, dynamoWrites: count, storedGigabytes: count, sqsRequests: count, events: count },
  ...{ schedulerInvocations: count, logGigabytes: count },
});

function together(a: Quantities, b: Quantities): Quantities {
  const both = { ...a };
  for (const line of billOf(b).lines) both[line.item] += line.quantity;
  return both;
}

property.prop([quantities, quantities])("a bill for two is the sum of both; one free tier is never more", (a, b) => {
  const [one, other, both] = [billOf(a), billOf(b), billOf(together(a, b))];
  const sum = one.usd + other.usd;
  expect(Math.abs(both.usd - sum)).toBeLessThanOrEqual(1e-9 * Math.max(1, sum));
  expect(both.afterFreeTier).toBeLessThanOrEqual(both.usd);
  expect(both.afterFreeTier).toBeGreaterThanOrEqual((one.afterFreeTier + other.afterFreeTier) * (1 - 1e-12));
});

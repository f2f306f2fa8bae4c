import type { Traffic } from "@headroom/decisions/config/simulation";
import { expect, test } from "vitest";
import { trafficRate } from "./traffic.ts";

const HOUR = 3600;
const DAY = 86_400;
/** Monday 2026-01-05T00:00:00Z. */
const MONDAY = 1_767_571_200;
const calm: Traffic = { mean: 100, swing: 0.5, peakHour: 14, noise: 0, weekend: 0.5 };

test.each([
  { when: "peak hour", at: MONDAY + 14 * HOUR, rate: 150 },
  { when: "twelve hours from it", at: MONDAY + 2 * HOUR, rate: 50 },
  { when: "half way", at: MONDAY + 8 * HOUR, rate: 100 },
  { when: "Friday's peak", at: MONDAY + 4 * DAY + 14 * HOUR, rate: 150 },
  { when: "Saturday's peak", at: MONDAY + 5 * DAY + 14 * HOUR, rate: 75 },
  { when: "Sunday's peak", at: MONDAY + 6 * DAY + 14 * HOUR, rate: 75 },
  { when: "the next Monday's peak", at: MONDAY + 7 * DAY + 14 * HOUR, rate: 150 },
])("$when: $rate a second", ({ at, rate }) => {
  expect(trafficRate(calm, 1, "web")(at)).toBeCloseTo(rate, 9);
});

test("noise lasts a minute and has the standard deviation that was asked for", () => {
  const rate = trafficRate({ ...calm, swing: 0, noise: 0.1 }, 1, "web");
  expect(rate(MONDAY + 59)).toBe(rate(MONDAY));
  expect(rate(MONDAY + 60)).not.toBe(rate(MONDAY));
  const minutes = Array.from({ length: 1440 }, (_, minute) => rate(MONDAY + minute * 60));
  const mean = minutes.reduce((sum, value) => sum + value, 0) / 1440;
  const deviation = Math.sqrt(minutes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 1440);
  expect(mean).toBeCloseTo(100, -0.5);
  expect(deviation).toBeGreaterThan(9);
  expect(deviation).toBeLessThan(11);
});

test("depends on seed, name and instant alone, not on the order of questions", () => {
  const bursty: Traffic = { ...calm, noise: 0.1, bursts: { perDay: 5, factor: 3, lasts: 1800 } };
  const instants = Array.from({ length: 500 }, (_, index) => MONDAY + ((index * 7919) % (60 * 24 * 3)) * 60);
  const asked = trafficRate(bursty, 1, "web");
  const answers = instants.map(asked);
  expect(
    instants
      .toReversed()
      .map(trafficRate(bursty, 1, "web"))
      .toReversed(),
  ).toEqual(answers);
  expect(instants.map(trafficRate(bursty, 2, "web"))).not.toEqual(answers);
  expect(instants.map(trafficRate(bursty, 1, "api"))).not.toEqual(answers);
});

test("bursts are as many, as high and as long as asked for, midnight or not", () => {
  const rate = trafficRate({ ...calm, swing: 0, weekend: 1, bursts: { perDay: 2, factor: 4, lasts: 1800 } }, 1, "web");
  const minutes = Array.from({ length: 200 * 1440 }, (_, minute) => rate(MONDAY + minute * 60));
  expect(new Set(minutes)).toEqual(new Set([100, 400]));
  const share = minutes.filter((value) => value === 400).length / minutes.length;
  // 2 a day of 30 minutes each; those that overlap do not add up: 1 - exp(-2 * 1800 / 86400).
  expect(share).toBeCloseTo(0.0408, 2);
  const ends = minutes.flatMap((value, minute) => (value === 400 && minutes[minute + 1] === 100 ? [minute] : []));
  const lengths = ends.map((end) => end - minutes.lastIndexOf(100, end));
  expect(Math.min(...lengths)).toBe(30);
});

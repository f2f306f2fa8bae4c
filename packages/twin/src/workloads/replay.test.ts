import fc from "fast-check";
import { expect, test } from "vitest";
import { stream } from "../random.ts";
import { replay } from "./replay.ts";
import type { Trace } from "./trace.ts";

const random = stream(1, "unused");
const trace = (interval: number, values: number[]): Trace => ({ file: "a.csv", start: 5, interval, values, gaps: [] });

function sums(values: number[], interval: number, rounds: number, each: (second: number) => number): number[] {
  return Array.from({ length: values.length * rounds }, (_, index) => {
    let sum = 0;
    for (let second = index * interval; second < (index + 1) * interval; second += 1) sum += each(1000 + second);
    return sum;
  });
}

test("the rate within an interval is constant", () => {
  const load = replay(trace(60, [120, 30]), 1000);
  expect(load.during(1000)).toBeCloseTo(2, 9);
  expect(load.during(1059)).toBeCloseTo(2, 9);
  expect(load.during(1060)).toBeCloseTo(0.5, 9);
});

test("totals are kept, in flow and in whole messages, however often it repeats", () => {
  const totals = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(totals, fc.integer({ min: 1, max: 90 }), (values, interval) => {
      const load = replay(trace(interval, values), 1000);
      const expected = [...values, ...values, ...values];
      expect(sums(values, interval, 3, (second) => load.wholeDuring(second, random))).toEqual(expected);
      for (const [index, sum] of sums(values, interval, 3, load.during).entries()) {
        expect(sum).toBeCloseTo(expected[index] ?? Number.NaN, 4);
      }
    }),
  );
});

test("messages are whole, and what is left of a value goes to the next interval", () => {
  const load = replay(trace(10, [2.5, 2.5, 0.25]), 1000);
  const seconds = Array.from({ length: 120 }, (_, second) => load.wholeDuring(1000 + second, random));
  expect(seconds.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
  expect(seconds.reduce((sum, count) => sum + count, 0)).toBe(21);
});

test("intervals need not be whole seconds", () => {
  const load = replay(trace(2.5, [5, 10]), 1000);
  const seconds = Array.from({ length: 5 }, (_, second) => load.during(1000 + second));
  expect(seconds.map((value) => Math.round(value * 1000) / 1000)).toEqual([2, 2, 3, 4, 4]);
});

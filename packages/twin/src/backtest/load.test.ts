import { Invalid } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import type { Trace } from "../workloads/trace.ts";
import { demandOf, loadOf, MINUTE_NOISE } from "./load.ts";

function trace(interval: number, values: number[]): Trace {
  return { file: "load.csv", start: 0, interval, values, gaps: [] };
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const mean = (values: Float64Array) => sum(values) / values.length;

describe("load", () => {
  it("is rates in units' worth: 120 in a minute are 2 a second", () => {
    const load = loadOf(trace(60, [120, 300, 60]), { perUnit: 0.5, seed: 1 });
    expect([...load.minutes]).toEqual([4, 10, 2]);
  });

  it("has as many minutes as the trace, that of its last interval included", () => {
    expect(loadOf(trace(1800, Array(10).fill(1)), { perUnit: 1, seed: 1 }).minutes).toHaveLength(300);
  });

  it("lies on the line between two points, and stays after the last", () => {
    const { minutes } = loadOf(trace(300, [3000, 6000]), { perUnit: 1, seed: 1 });
    for (const [minute, rate] of [10, 12, 14, 16, 18, 20, 20, 20, 20, 20].entries()) {
      expect(Math.abs((minutes[minute] ?? 0) / rate - 1)).toBeLessThan(5 * MINUTE_NOISE);
    }
  });

  it("takes the mean where points are closer than a minute", () => {
    expect([...loadOf(trace(20, [20, 40, 60, 0, 0, 60]), { perUnit: 1, seed: 1 }).minutes]).toEqual([2, 1]);
  });

  it("has noise of 3 % by the minute, around the trace's own total", () => {
    const { minutes } = loadOf(trace(300, Array(4000).fill(300)), { perUnit: 1, seed: 1 });
    const deviation = Math.sqrt(mean(minutes.map((rate) => (rate - 1) ** 2)));
    expect(mean(minutes)).toBeCloseTo(1, 2);
    expect(deviation).toBeCloseTo(MINUTE_NOISE, 2);
  });

  it("has the same noise for the same seed, another for another, and none where minutes were recorded", () => {
    const by = (interval: number, seed: number) => loadOf(trace(interval, Array(50).fill(100)), { perUnit: 1, seed });
    expect(by(300, 1)).toEqual(by(300, 1));
    expect(by(300, 1)).not.toEqual(by(300, 2));
    expect(by(60, 1)).toEqual(by(60, 2));
  });

  it("needs 20 units at its 99th percentile when nobody says what a unit serves", () => {
    const load = loadOf(trace(60, [...Array(990).fill(60), ...Array(10).fill(6000)]), { seed: 1 });
    expect(load.perUnit).toBe(5);
    expect(demandOf(load, 1)[995]).toBe(20);
  });

  it("cannot guess what a unit serves from a trace that is nearly always zero", () => {
    const idle = trace(60, [...Array(999).fill(0), 7]);
    expect(() => loadOf(idle, { seed: 1 })).toThrow(Invalid);
    expect(() => loadOf(idle, { seed: 1 })).toThrow("--per-unit");
    expect(loadOf(idle, { perUnit: 1, seed: 1 }).minutes).toHaveLength(1000);
  });
});

describe("demand", () => {
  const load = { minutes: Float64Array.of(0, 0.2, 3, 3 + 1e-12, 3.01), start: 0, perUnit: 1 };

  it("is whole units, and never below one", () => {
    expect([...demandOf(load, 1)]).toEqual([1, 1, 3, 3, 4]);
    expect([...demandOf(load, 5)]).toEqual([1, 1, 3, 3, 4]);
  });

  it("may be nothing where the target may go to zero", () => {
    expect([...demandOf(load, 0)]).toEqual([0, 1, 3, 3, 4]);
  });
});

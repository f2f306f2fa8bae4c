import { describe, expect, it } from "vitest";
import { AT_LEAST, KNOWN, seriesOf } from "../series.ts";
import { stack } from "./stack.ts";
import type { Trials } from "./trials.ts";
import { weigh } from "./weigh.ts";

const values = Float64Array.from({ length: 400 }, (_, index) => 10 + (index % 3));
const series = seriesOf({ start: 0, step: 300, values, truth: values, known: new Uint8Array(400).fill(KNOWN) });

function trialsOf(rows: readonly { says: readonly number[]; truth: number; known?: number }[]): Trials {
  return {
    ...{ horizon: 1, count: rows.length, origins: Int32Array.from(rows, () => 300) },
    forecasts: Float64Array.from(rows.flatMap(({ says }) => says)),
    truths: Float64Array.from(rows, ({ truth }) => truth),
    known: Uint8Array.from(rows, ({ known = KNOWN }) => known),
  };
}

const same = (count: number, row: { says: number[]; truth: number; known?: number }) =>
  Array<typeof row>(count).fill(row);

describe("weights", () => {
  it("are the inverse of the error, to a power", () => {
    const weights = weigh(series, trialsOf(same(10, { says: [11, 12], truth: 10 })), 2, 2);
    expect(weights[0]).toBeCloseTo(0.8, 6);
    expect(weights[1]).toBeCloseTo(0.2, 6);
  });

  it("look at new origins more than at old ones", () => {
    const [better, worse] = [
      { says: [10, 14], truth: 10 },
      { says: [14, 10], truth: 10 },
    ];
    const [first = 0, second = 0] = weigh(series, trialsOf([...same(10, better), ...same(10, worse)]), 2, 1);
    expect(first).toBeGreaterThan(0.6);
    expect(first + second).toBeCloseTo(1, 12);
  });

  it("hold no forecast above a saturated value against its expert", () => {
    const weights = weigh(series, trialsOf(same(10, { says: [8, 30], truth: 10, known: AT_LEAST })), 2, 1);
    expect(weights[1]).toBeGreaterThan(0.99);
  });

  it("are equal where all are always right", () => {
    expect([...weigh(series, trialsOf(same(10, { says: [10, 10], truth: 10 })), 2, 5)]).toEqual([0.5, 0.5]);
  });
});

describe("the regression", () => {
  // The truth is 1.5 times the first minus half of the second: no weights between 0 and 1 say so.
  const rows = Array.from({ length: 80 }, (_, index) => {
    const [a, b] = [20 + 5 * Math.sin(index), 20 + 5 * Math.cos(1.7 * index)];
    return { says: [a, b], truth: 1.5 * a - 0.5 * b };
  });
  const half = Float64Array.from([0.5, 0.5]);

  it("finds weights that experts' errors alone do not show", () => {
    const { weights } = stack(series, trialsOf(rows), half, 1e-6);
    expect(weights[0]).toBeCloseTo(1.5, 3);
    expect(weights[1]).toBeCloseTo(-0.5, 3);
  });

  it("is held to the weights that it was given", () => {
    const { weights } = stack(series, trialsOf(rows), half, 1e6);
    expect(weights[0]).toBeCloseTo(0.5, 3);
  });

  it("changes nothing where experts agree", () => {
    const agreed = trialsOf(same(10, { says: [11, 11], truth: 10 }));
    expect(stack(series, agreed, half, 1).weights).toEqual(half);
  });
});

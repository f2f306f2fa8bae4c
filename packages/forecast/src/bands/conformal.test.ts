import { describe, expect, it } from "vitest";
import { bandsOf, conformalQuantile } from "./conformal.ts";
import { SCALES } from "./scales.ts";

describe("a conformal quantile", () => {
  const nine = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  it.each([
    [0.5, 5],
    [0.9, 9],
    [0.1, 1],
    [0.25, 2.5],
    [0.99, 9],
    [0.01, 1],
  ])("of level %d is %d", (level, value) => {
    expect(conformalQuantile(nine, level)).toBeCloseTo(value, 12);
  });

  it("of nothing is 0", () => {
    expect(conformalQuantile(new Float64Array(), 0.9)).toBe(0);
  });
});

describe("bands", () => {
  /** Errors as large as the scale at `right`, while the others say nothing of them. */
  function errorsLike(right: number) {
    const count = 99;
    const size = (row: number) => (row % 10 === 0 ? 50 : 1);
    const missed = Float64Array.from({ length: count }, (_, row) => size(row) * (((row * 37) % count) / count));
    const scales = new Float64Array(count * SCALES).fill(1);
    for (let row = 0; row < count; row += 1) scales[row * SCALES + right] = size(row);
    return { count, missed, scales, independent: 1e6 };
  }

  it.each([0, 1, 2])("trust the scale that fits, number %d", (right) => {
    const bands = bandsOf(errorsLike(right), [0.9]);
    expect(bands[right]).toBeCloseTo(0.9, 1);
    for (const other of [0, 1, 2].filter((scale) => scale !== right)) {
      expect(bands[other]).toBeLessThan(0.1 * (bands[right] ?? 0));
    }
  });
});

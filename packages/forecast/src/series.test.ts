import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { append, KNOWN, meanOf, type Series, seriesOf } from "./series.ts";

function made(values: readonly number[]): Series {
  const truth = Float64Array.from(values);
  return seriesOf({ start: 0, step: 300, values: truth, truth, known: new Uint8Array(values.length).fill(KNOWN) });
}

/** What experts read of a series, without the room that it keeps for more. */
function read({ length, values, truth, known, sums, moves, mean, roughness }: Series) {
  const [a, b, c] = [values, truth, known].map((array) => array.slice(0, length));
  return { length, a, b, c, sums: sums.slice(0, length + 1), moves: moves.slice(0, length + 1), mean, roughness };
}

describe("a series", () => {
  it("knows its mean, its roughness and the mean of any stretch", () => {
    const series = made([1, 3, 2, 6]);
    expect(series).toMatchObject({ hour: 12, day: 288, week: 2016, mean: 3, roughness: 7 / 3 });
    expect([meanOf(series, 0, 4), meanOf(series, 1, 3), meanOf(series, 3, 4)]).toEqual([3, 2.5, 6]);
  });

  const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });
  test.prop([values, fc.nat(60)], { seed: 1 })("grows step by step into what it would be at once", (all, first) => {
    const from = Math.min(first, all.length);
    const grown = all.slice(from).reduce((series, value) => append(series, value), made(all.slice(0, from)));
    expect(read(grown)).toEqual(read(made(all)));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathAt, pathMaximum } from "./path.ts";

const path = { start: 1000, step: 100, point: Float64Array.of(10, 30, 20) };

describe("the path of a forecast", () => {
  it.each([
    ["before it begins", 0, 10],
    ["in the middle of a step", 1050, 10],
    ["between the middles of two", 1075, 15],
    ["at the end of a step", 1100, 20],
    ["on its way down", 1200, 25],
    ["after its end", 5000, 20],
  ])("%s (%d) is %d", (_, at, value) => {
    expect(pathAt(path, at)).toBeCloseTo(value, 12);
  });

  it.each([
    ["is at its end on the way up", 1000, 1100, 20],
    ["is at its beginning on the way down", 1160, 1240, 29],
    ["may be between them", 1000, 1300, 30],
    ["is what is there at an instant", 1200, 1200, 25],
  ])("the highest point %s", (_, from, to, value) => {
    expect(pathMaximum(path, from, to)).toBeCloseTo(value, 12);
  });

  it("is 0 without steps", () => {
    expect(pathAt({ ...path, point: new Float64Array() }, 1000)).toBe(0);
  });
});

it("no instant of a window is above its highest point, and one reaches it", () => {
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
  const instants = fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 600 }));
  fc.assert(
    fc.property(values, instants, (point, [from, length]) => {
      const some = { start: 600, step: 60, point: Float64Array.from(point) };
      const seen = Array.from({ length: length + 1 }, (_, second) => pathAt(some, from + second));
      expect(pathMaximum(some, from, from + length)).toBeCloseTo(Math.max(...seen), 6);
    }),
  );
});

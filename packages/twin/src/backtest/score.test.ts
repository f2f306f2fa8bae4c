import { describe, expect, it } from "vitest";
import { scoreOf } from "./score.ts";
import type { Supply } from "./simulate.ts";

const SLOTS = 12;

/** The same in each slot of a minute. */
function bySlot(minutes: number[]): Float64Array {
  return Float64Array.from(minutes.flatMap((each) => Array<number>(SLOTS).fill(each)));
}

function supply(ready: number[], starting: number[] = ready.map(() => 0), changes = 0): Supply {
  return { ready: bySlot(ready), starting: bySlot(starting), changes };
}

const score = (given: Supply, demand: number[]) => scoreOf(given, Float64Array.from(demand));

describe("score", () => {
  // Shortages of 1/4 and 2/4, surpluses of 2/2 and 4/1, one minute right: by hand from the formulas of SPEC-RG-2016-01.
  const found = score(supply([3, 2, 4, 5, 6], [0, 6, 0, 0, 0], 3), [4, 4, 2, 1, 6]);

  it("is short by the mean of (demand - supply) / demand", () => {
    expect(found.thetaU).toBeCloseTo((100 * (1 / 4 + 2 / 4)) / 5, 12);
  });

  it("has too much by the mean of (supply - demand) / demand", () => {
    expect(found.thetaO).toBeCloseTo((100 * (2 / 2 + 4 / 1)) / 5, 12);
  });

  it("does not let a surplus within a minute make up for a shortage", () => {
    const ready = Float64Array.from({ length: SLOTS }, (_, slot) => (slot < 9 ? 9 : 11));
    const found = score({ ...supply([0]), ready }, [10]);
    expect(found).toMatchObject({ tauU: 75, tauO: 25 });
    expect(found.thetaU).toBeCloseTo(7.5, 12);
    expect(found.thetaO).toBeCloseTo(2.5, 12);
    expect(found.excess).toBeCloseTo(0.025, 12);
    expect(found.unitHours).toBeCloseTo(9.5 / 60, 12);
  });

  it("counts the time of each", () => {
    expect(found).toMatchObject({ tauU: 40, tauO: 40 });
  });

  it("sets the surplus against all of the demand, without what was missing elsewhere", () => {
    expect(found.excess).toBeCloseTo((2 + 4) / 17, 12);
  });

  it("pays for units that start, and counts changes by the hour", () => {
    expect(found.unitHours).toBeCloseTo(26 / 60, 12);
    expect(found.adaptationsPerHour).toBeCloseTo(36, 12);
  });

  it("takes what floats are off by for nothing", () => {
    expect(score(supply([0.1 + 0.2, 3 - 1e-12]), [0.3, 3])).toMatchObject({ tauU: 0, tauO: 0, thetaO: 0, excess: 0 });
  });

  it("counts a unit where nothing is needed as one too many", () => {
    expect(score(supply([1, 0]), [0, 0])).toMatchObject({ thetaU: 0, thetaO: 50, tauU: 0, tauO: 50 });
  });
});

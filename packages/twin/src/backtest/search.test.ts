import { describe, expect, it, vi } from "vitest";
import { MOST_RUNS, matchTauU } from "./search.ts";

const RANGE = [0.1, 1.5] as const;

describe("the search for a shortage of 1 %", () => {
  it.each([
    ["steep", (x: number) => 100 * x ** 3],
    ["flat", (x: number) => 0.5 + x],
    ["an exponential", (x: number) => Math.exp(8 * (x - 0.5))],
  ])("finds it on %s curve", (_, tauUAt) => {
    const found = matchTauU(RANGE, (setting) => ({ tauU: tauUAt(setting), excess: 1 / setting }));
    expect(Math.abs(found.tauU - 1)).toBeLessThanOrEqual(0.05);
    expect(found.tauU).toBe(tauUAt(found.setting));
    expect(found.excess).toBe(1 / found.setting);
    expect(found.runs).toBeLessThanOrEqual(MOST_RUNS);
  });

  it("goes from generous to tight also where that is downwards, as with a share of the peak", () => {
    const found = matchTauU([1, 0.02], (share) => ({ tauU: 1 / share - 1, excess: share }));
    expect(found.excess).toBeCloseTo(0.5, 1);
  });

  it("gives no excess, and the nearest shortage, where the curve jumps over 1 %", () => {
    const run = vi.fn((setting: number) => ({ tauU: setting < 0.6 ? 0.7 : 4, excess: setting }));
    const found = matchTauU(RANGE, run);
    expect(found).toMatchObject({ excess: null, tauU: 0.7, runs: MOST_RUNS });
    expect(found.setting).toBeLessThan(0.6);
    expect(run).toHaveBeenCalledTimes(MOST_RUNS);
  });

  it("takes the excess on the line between both sides, where the curve jumps over 1 % by little", () => {
    const found = matchTauU(RANGE, (setting) =>
      setting < 0.6 ? { tauU: 0.9, excess: 0.4 } : { tauU: 1.2, excess: 0.1 },
    );
    expect(found).toMatchObject({ excess: expect.closeTo(0.3), tauU: 0.9, runs: MOST_RUNS });
  });

  it("finds it also where the shortage doubles with every per cent of the setting", () => {
    const steep = (setting: number) => 2 ** ((Math.log(setting) - Math.log(0.93)) * 100);
    const found = matchTauU(RANGE, (setting) => ({ tauU: steep(setting), excess: setting }));
    expect(found.excess).toBeCloseTo(0.93, 2);
  });

  it.each([
    ["generous", RANGE, 0.04],
    ["generous, by a hair", RANGE, 0.097],
    ["tight", RANGE, 6],
    ["tight, of a range that goes down", [1, 0.02] as const, 0.005],
  ])("goes beyond the end that is not far enough: %s", (_, range, goal) => {
    const rises = Math.sign(range[1] - range[0]);
    const found = matchTauU(range, (setting) => ({ tauU: (setting / goal) ** (2 * rises), excess: setting }));
    expect(found.excess).not.toBeNull();
    expect(found.setting / goal).toBeCloseTo(1, 1);
    expect(found.runs).toBeLessThanOrEqual(MOST_RUNS);
  });

  it("goes beyond an end also where shortage knows only much and little near it", () => {
    const found = matchTauU([0.2, 1800], (length) => ({ tauU: 0.97 * (length / 0.133) ** 8, excess: 6.29 }));
    expect(found).toMatchObject({ excess: 6.29 });
  });

  it.each([
    ["always", 3],
    ["never", 0],
  ])("gives the nearest where there is %s a shortage", (_, tauU) => {
    expect(matchTauU(RANGE, () => ({ tauU, excess: 1 }))).toMatchObject({ excess: null, tauU });
  });

  it("comes to the same when pointless runs end early", () => {
    const tauUAt = (x: number) => 12 * x - 1.9;
    const whole = matchTauU(RANGE, (x) => ({ tauU: tauUAt(x), excess: x }));
    const cut = matchTauU(RANGE, (x, pointless) =>
      tauUAt(x) > pointless ? undefined : { tauU: tauUAt(x), excess: x },
    );
    expect(cut).toEqual(whole);
  });
});

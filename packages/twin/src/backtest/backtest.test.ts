import { describe, expect, it } from "vitest";
import { stream } from "../random.ts";
import { contenders, oracleRow, RUNS_A_ROW, rowOf } from "./backtest.ts";
import { demandOf, loadOf } from "./load.ts";
import { row } from "./row.ts";

const noise = stream(7, "a day of load");
const trace = {
  ...{ file: "day.csv", start: 0, interval: 300, gaps: [] },
  values: Array.from({ length: 288 }, (_, index) =>
    Math.max(0, 1000 + 600 * Math.sin(index / 45) + 80 * noise.normal()),
  ),
};
const load = loadOf(trace, { seed: 1 });
const options = { min: 1, max: 400, startDelay: 300, queue: false };

const OURS = ["headroom", "headroom+forecast", "headroom-direct", "headroom-direct+forecast"];
const TRACKING = ["aws-target-tracking", "aws-target-tracking-20s"];

describe("a backtest", () => {
  it("has its rows in order, with those of queues where there is one", () => {
    const names = (queue: boolean) => contenders(load, { ...options, queue }).map(({ policy }) => policy);
    expect(names(false)).toEqual([...OURS, ...TRACKING, "aws-predictive", "hpa", "static-peak"]);
    const queues = ["keda-sqs", "aws-backlog-per-instance"];
    expect(names(true)).toEqual(["headroom", "headroom-direct", ...TRACKING, "hpa", ...queues, "static-peak"]);
  });

  it.each([false, true])("gives every contender a sane row (queue: %s)", { timeout: 60_000 }, (queue) => {
    for (const contender of contenders(load, { ...options, queue })) {
      const found = row.parse(rowOf(contender, load, { ...options, queue }));
      expect(found.policy).toBe(contender.policy);
      expect(found.unitHours).toBeGreaterThan(100);
      expect(found.tauU + found.tauO).toBeLessThanOrEqual(100 + 1e-9);
      if (found.excessAtTauU1 !== null) {
        expect(Math.abs((found.nearestTauU ?? 0) - 1)).toBeLessThanOrEqual(0.25);
      }
    }
  });

  it("gives the same rows for the same seed", () => {
    const [first] = contenders(load, options);
    if (first === undefined) throw new Error("there are no contenders");
    const again = loadOf(trace, { seed: 1 });
    expect(rowOf(first, again, options)).toEqual(rowOf(first, load, options));
    expect(rowOf(first, loadOf(trace, { seed: 2 }), options)).not.toEqual(rowOf(first, load, options));
  });

  it("tells of every run", () => {
    let runs = 0;
    for (const contender of contenders(load, options).slice(-1)) rowOf(contender, load, options, () => (runs += 1));
    expect(runs).toBeGreaterThan(1);
    expect(runs).toBeLessThanOrEqual(RUNS_A_ROW);
  });
});

describe("the ends of the scale", () => {
  it("an oracle is never off", () => {
    const found = row.parse(oracleRow(load, options));
    const demand = demandOf(load, 1);
    const changes = demand.filter((units, minute) => minute > 0 && units !== demand[minute - 1]).length;
    expect(found).toMatchObject({ thetaU: 0, thetaO: 0, tauU: 0, tauO: 0, excessAtTauU1: null, setting: null });
    expect(found.unitHours).toBeCloseTo(demand.reduce((a, b) => a + b, 0) / 60, 9);
    expect(found.adaptationsPerHour).toBeCloseTo(changes / 24, 9);
  });

  it("an oracle keeps to the bounds", () => {
    const within = (min: number, max: number) => oracleRow(load, { ...options, min, max });
    expect(within(30, 40)).toMatchObject({ tauU: 0, tauO: 100, adaptationsPerHour: 0 });
    expect(within(30, 40).unitHours).toBeCloseTo(24 * 30, 9);
    const served = demandOf(load, 1).reduce((sum, units) => sum + Math.min(5, units), 0);
    expect(within(1, 5).unitHours).toBeCloseTo(served / 60, 9);
    expect(within(1, 5).tauU).toBeGreaterThan(90);
  });

  it("the peak all the time is never short, changes nothing, and costs the peak", () => {
    const [peak] = contenders(load, options).slice(-1);
    if (peak === undefined) throw new Error("there is no static peak");
    const most = demandOf(load, 1).reduce((a, b) => Math.max(a, b));
    const found = rowOf(peak, load, options);
    expect(found).toMatchObject({ tauU: 0, thetaU: 0, adaptationsPerHour: 0 });
    expect(found.unitHours).toBeCloseTo(24 * most, 9);
  });
});

import { describe, expect, it } from "vitest";
import {
  bounded,
  draining,
  keyOf,
  MINUTE,
  metric,
  NOON,
  pinned,
  series,
  settings,
  tracking,
} from "../../builders/decisions.ts";
import { codes, drive } from "../drive.ts";

const two = [tracking({ signals: [metric("a")] }), tracking({ signals: [metric("b")] })];
const both = settings({ policies: two });

describe("case 2: in needs all, out needs one", () => {
  it.each([
    { what: "A says 1, B cannot see", a: 10, is: 3, why: "scaleInNeedsAll" },
    { what: "A says 6, B cannot see", a: 60, is: 6, why: "aboveTarget" },
  ])("$what: 3 become $is", ({ a, is, why }) => {
    const target = drive(both, { desired: 3 });
    const record = target.tick({ metrics: { a }, answers: { [keyOf("b")]: { is: "failed", why: "500" } } });
    expect(target.desired).toBe(is);
    expect(codes(record)).toContain(why);
  });
});

describe("case 14: one policy wants less, the other holds", () => {
  it("holds, and is not undone a tick later", () => {
    const policies = [tracking({ of: "average", target: 60, signals: [metric("cpu")] }), draining()];
    const target = drive(settings({ policies }), { desired: 6 });
    const sent = "AWS/SQS NumberOfMessagesSent {QueueName=jobs} Sum 60s";
    for (let tick = 0; tick < 5; tick += 1) {
      const answers = { [sent]: series([[target.at - MINUTE, 360]]) };
      target.tick({ metrics: { cpu: 50 }, queue: { inFlight: 6 }, answers });
      expect(target.desired).toBe(6);
    }
  });
});

describe("agreeing on less", () => {
  it("goes as far as the one that needs most, tick by tick, and ends", () => {
    const target = drive(both, { desired: 10 });
    const needs = [
      { a: 90, b: 50 },
      { a: 50, b: 80 },
      { a: 70, b: 20 },
      { a: 20, b: 60 },
    ];
    expect(needs.map((metrics) => target.ticks(1, { metrics })[0])).toEqual([9, 8, 7, 6]);
  });

  it("does not wait for one that has nothing to ask", () => {
    const step = { kind: "step" as const, signals: [metric("b")], steps: [{ from: 80, change: { units: 2 } }] };
    const target = drive(settings({ policies: [two[0] ?? tracking(), step] }));
    expect(target.ticks(2, { metrics: { a: 40, b: 10 } })).toEqual([4, 4]);
  });

  it("needs both at once where they want less at different times, because each needs what there is in between", () => {
    const target = drive(both, { desired: 10 });
    for (let tick = 0; tick < 6; tick += 1) {
      target.tick({ metrics: tick % 2 === 0 ? { a: 100, b: 30 } : { a: 30, b: 100 } });
      expect(target.desired).toBe(10);
    }
    expect(target.ticks(1, { metrics: { a: 30, b: 30 } })).toEqual([3]);
  });

  it("looks back on what both needed together, not on what each needed once", () => {
    const patient = drive(settings({ policies: two, stabilisation: { in: "3m" } }), { desired: 10 });
    patient.ticks(3, { metrics: { a: 60, b: 80 } });
    expect(patient.ticks(2, { metrics: { a: 80, b: 60 } })).toEqual([8, 8]);
  });
});

describe("a broken signal", () => {
  const broken = { metrics: { a: 20 }, answers: {} };

  it("keeps from lowering for as long as it is broken, whatever the others say", () => {
    expect(drive(both).ticks(120, broken)).toEqual(Array(120).fill(10));
  });

  it("leaves a way out: an operator's pin, or bounds", () => {
    const until = NOON + 24 * 3600;
    expect(drive(both).ticks(1, { ...broken, leases: [pinned(4, { until })] })).toEqual([4]);
    expect(drive(both).ticks(1, { ...broken, leases: [bounded({ max: 5 }, { until })] })).toEqual([5]);
    expect(drive(both).ticks(1, { ...broken, leases: [bounded({ min: 12 }, { until })] })).toEqual([12]);
  });

  it("that is back is followed at once", () => {
    const target = drive(both);
    target.ticks(5, broken);
    expect(target.ticks(1, { metrics: { a: 20, b: 30 } })).toEqual([3]);
  });
});

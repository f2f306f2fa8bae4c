import { decide } from "@headroom/decisions/decide";
import { decodeMemories, encodeMemories } from "@headroom/decisions/memories";
import { nothingRemembered } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import {
  bounded,
  capacity,
  input,
  keyOf,
  looks,
  MINUTE,
  NOON,
  paused,
  remembered,
  series,
  settings,
  tracking,
} from "../../builders/decisions.ts";
import { codes, drive, told } from "../drive.ts";

describe("case 7: a deployment", () => {
  // 10 old tasks serve, 10 new ones start and burn their CPU: 95 % of a target of 100 %, on average over 20.
  const average = settings({ policies: [tracking({ of: "average", target: 100 })] });
  const rolling = (cpu: number, deploying: boolean) =>
    decide(
      input({
        settings: average,
        capacity: { ...capacity(10, 20, 10), deploying },
        answers: { [keyOf("load")]: series([[NOON - MINUTE, cpu]]) },
        memory: remembered({ ring: looks([10, 10], { running: 20, ready: 10 }) }),
      }),
    );

  it("raises by tasks that serve: 10 are needed, not 19", () => {
    expect(rolling(95, true).combined).toBe(10);
    expect(rolling(150, true).decision).toMatchObject({ is: "scale", to: 15 });
  });

  it("does not lower while it runs, and does when it is over", () => {
    expect(codes(rolling(20, true))).toEqual(["belowTarget", "interlockIn"]);
    expect(rolling(20, false).decision).toMatchObject({ is: "scale", to: 4 });
  });

  it("that never ends does not keep from lowering for ever", () => {
    const target = drive(settings(), { desired: 10 });
    const after = target.ticks(123, { metrics: { load: 40 }, deploying: true });
    expect(after.indexOf(4)).toBe(121);
  });

  it("that sets 1 instead of 12 is noticed and set back", () => {
    const target = drive(settings({ foreignWrites: { policy: "restore" } }), { desired: 12 });
    target.ticks(3, { metrics: { load: 120 } });
    target.foreign(1);
    const record = target.tick({ metrics: { load: 120 }, deploying: true });
    expect(record.input.memory.actions).toEqual([{ at: record.input.at, from: 12, to: 1, by: "foreign" }]);
    expect(codes(record)).toContain("restoring");
    expect(target.desired).toBe(12);
  });

  it("that sets it again and again wins the third time within an hour, and a person is told", () => {
    const target = drive(settings({ foreignWrites: { policy: "restore" } }), { desired: 12 });
    target.tick({ metrics: { load: 20 } });
    const rounds = [1, 2, 3].map(() => {
      target.foreign(1);
      const record = target.tick({});
      target.ticks(3, {});
      return [target.desired, told(record).includes("write-war")];
    });
    // Nothing is seen, so what was adopted stays.
    expect(rounds).toEqual([
      [2, false],
      [2, false],
      [1, true],
    ]);
  });

  it("may be left alone instead", () => {
    const target = drive(settings({ foreignWrites: { policy: "hold", duration: "5m" } }), { desired: 12 });
    target.ticks(2, { metrics: { load: 120 } });
    target.foreign(1);
    expect(target.ticks(6, { metrics: { load: 120 } })).toEqual([1, 1, 1, 1, 1, 12]);
  });

  it("may be adopted, and scaled on from", () => {
    const target = drive(settings({ rate: { out: { allow: [{ units: 2, per: "1m" }] } } }), { desired: 12 });
    target.ticks(2, { metrics: { load: 120 } });
    target.foreign(1);
    expect(target.ticks(3, { metrics: { load: 120 } })).toEqual([3, 5, 7]);
  });

  it("undone by hand is seen as a foreign write of its own", () => {
    const target = drive(settings({ foreignWrites: { policy: "restore" } }), { desired: 12 });
    target.ticks(2, { metrics: { load: 120 } });
    target.foreign(1);
    target.tick({ metrics: { load: 120 }, leases: [paused("both")] });
    expect(target.desired).toBe(1);
    expect(target.ticks(1, { metrics: { load: 120 } })).toEqual([12]);
  });
});

describe("case 8: one action, whatever is delivered twice", () => {
  const resting = settings({ coolDown: { out: "5m" } });

  it("the same tick decides the same, and is remembered once", () => {
    const target = drive(resting);
    const record = target.tick({ metrics: { load: 150 } });
    expect(decide(record.input)).toEqual(record);
    target.skip(-MINUTE);
    const again = target.tick({ metrics: { load: 150 } });
    expect(again.decision.is).toBe("hold");
    expect(target.memory.ring.map(({ at }) => at)).toEqual([NOON]);
  });

  it("a cool-down outlives the process: it is in what is kept", () => {
    const target = drive(resting);
    target.tick({ metrics: { load: 150 } });
    const kept: unknown = JSON.parse(JSON.stringify(encodeMemories({ web: target.memory })));
    target.restart(decodeMemories(kept).web ?? nothingRemembered);
    target.skip(-40);
    expect(codes(target.tick({ metrics: { load: 300 } }))).toEqual(["aboveTarget", "coolingDownOut"]);
    expect(target.desired).toBe(15);
  });
});

describe("case 15: a start without history", () => {
  const patient = settings({ stabilisation: { in: "5m" } });

  it("keeps the present size for a full window", () => {
    expect(drive(patient).ticks(8, { metrics: { load: 20 } })).toEqual([10, 10, 10, 10, 10, 2, 2, 2]);
  });

  it("raises at once", () => {
    expect(drive(patient).ticks(1, { metrics: { load: 200 } })).toEqual([20]);
  });

  it("begins again after a time in which nobody looked", () => {
    const target = drive(patient);
    target.ticks(5, { metrics: { load: 100 } });
    target.skip(10 * MINUTE);
    expect(target.ticks(6, { metrics: { load: 20 } })).toEqual([10, 10, 10, 10, 10, 2]);
  });

  it("does not begin again because the capacity could not be read once", () => {
    const target = drive(patient);
    target.ticks(6, { metrics: { load: 100 } });
    target.tick({ capacityFails: true });
    expect(target.ticks(6, { metrics: { load: 20 } })).toEqual([10, 10, 10, 10, 2, 2]);
  });
});

describe("case 10: what was raised for a peak", () => {
  // A forecast of 50 with a maximum of 40 and 10 % in reserve: 55 for that hour, then 40 again.
  it("is the maximum for that time only, and comes down by itself", () => {
    const target = drive(settings({ max: 40 }), { desired: 40 });
    const raised = bounded({ max: 55 }, { until: NOON + 180 });
    const seen = { metrics: { load: 500 }, leases: [raised] };
    expect(target.ticks(5, seen)).toEqual([50, 50, 50, 40, 40]);
    expect(drive(settings({ max: 40 }), { desired: 40 }).ticks(1, { ...seen, metrics: { load: 900 } })).toEqual([55]);
  });

  it("without any forecast nothing is missing: policies that look at load carry on", () => {
    expect(drive(settings()).ticks(3, { metrics: { load: 130 } })).toEqual([13, 13, 13]);
  });
});

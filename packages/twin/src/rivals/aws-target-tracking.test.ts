import { describe, expect, it } from "vitest";
import { viewOf } from "../../../../test/builders/view.ts";
import { awsTargetTracking, awsTargetTracking20s } from "./aws-target-tracking.ts";

const bounds = { min: 1, max: 1000, startDelay: 300 };
const MINUTE = 60;
const NOW = 60 * MINUTE;
const ONE_MINUTE = { contender: awsTargetTracking, period: 60, age: 120 };
const TWENTY_SECONDS = { contender: awsTargetTracking20s, period: 20, age: 40 };

/** Load that was `usual` but for some periods, counted back from the newest that is out: 0 is the newest. */
function loads(kind: typeof ONE_MINUTE, usual: number, other: number, periods: (back: number) => boolean) {
  return (at: number) => (periods(Math.floor((NOW - kind.age - at) / kind.period)) ? other : usual);
}

function asked(kind: typeof ONE_MINUTE, load: (at: number) => number, more = {}): number {
  return kind.contender.create(0.5, bounds).decide(viewOf({ now: NOW, load, ...more }));
}

describe.each([
  ["one-minute metrics", ONE_MINUTE],
  ["20-second metrics", TWENTY_SECONDS],
])("target tracking on %s", (_, kind) => {
  const quarter = 900 / kind.period;

  it("goes out in proportion when 3 of 3 are above the target", () => {
    expect(
      asked(
        kind,
        loads(kind, 5, 8, (back) => back >= 0 && back < 3),
      ),
    ).toBe(16);
  });

  it.each([0, 1, 2])("stays when the one %d before the newest is not", (missing) => {
    expect(
      asked(
        kind,
        loads(kind, 5, 8, (back) => back >= 0 && back < 3 && back !== missing),
      ),
    ).toBe(10);
  });

  it("cannot see what is not out yet", () => {
    expect(
      asked(
        kind,
        loads(kind, 5, 8, (back) => back < 0),
      ),
    ).toBe(10);
  });

  it("goes in when 15 minutes are below 0.9 of the target, to the mean of the last five", () => {
    expect(
      asked(
        kind,
        loads(kind, 5, 3, (back) => back < quarter),
      ),
    ).toBe(6);
    expect(
      asked(
        kind,
        loads(kind, 5, 4.49, () => true),
      ),
    ).toBe(9);
  });

  it("stays when a minute of the 15 is not below it, or the units of a raise are starting", () => {
    expect(
      asked(
        kind,
        loads(kind, 5, 3, (back) => back < quarter - 1),
      ),
    ).toBe(10);
    expect(
      asked(
        kind,
        loads(kind, 5, 3, (back) => back < quarter && back !== 7),
      ),
    ).toBe(10);
    expect(asked(kind, () => 4.5)).toBe(10);
    expect(asked(kind, () => 3, { ready: 8, starting: 2 })).toBe(10);
  });

  it("rests 300 s between two scale-ins, and never before a larger scale-out", () => {
    const autoscaler = kind.contender.create(0.5, bounds);
    const at = (now: number, load: number, ready: number) => autoscaler.decide(viewOf({ now, load, ready }));
    expect(at(NOW, 3, 10)).toBe(6);
    expect(at(NOW + 240, 2, 6)).toBe(6);
    expect(at(NOW + 240, 4, 6)).toBe(8);
    expect(at(NOW + 300, 2, 6)).toBe(4);
  });

  it("cannot see more of a queue than that all of its workers are busy", () => {
    const busy = (share: number) => asked(kind, () => 60, { ready: 9, utilisation: () => share });
    expect(busy(1)).toBe(18);
    expect(busy(0.3)).toBe(6);
  });

  it("waits for its metrics at the beginning", () => {
    expect(asked(kind, () => 100, { now: kind.age + 2 * kind.period })).toBe(10);
    expect(asked(kind, () => 8, { now: kind.age + 3 * kind.period })).toBe(16);
  });

  it("is evaluated once a period", () => {
    expect(kind.contender.create(0.5, bounds).every).toBe(kind.period);
  });
});

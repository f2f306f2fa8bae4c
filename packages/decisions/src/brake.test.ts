import { describe, expect, it } from "vitest";
import { capacity, input, keyOf, lately, NOON, settings } from "../../../test/builders/decisions.ts";
import { brakeFor, isLowering } from "./brake.ts";
import { decide } from "./decide.ts";
import type { TickRecord } from "./model.ts";

const usual = { units: 0.1, targets: 0.2, fewest: 3 };

/** A decision that takes a target of 10 units to so many. */
function to(units: number, mode: "control" | "observe" | "floor" = "control"): TickRecord {
  const there = { ...capacity(10), minimum: 10 };
  return decide(
    input({ settings: settings({ mode, min: 1 }), capacity: there, answers: { [keyOf("load")]: lately(units * 10) } }),
  );
}

const times = (count: number, record: TickRecord) => Array.from({ length: count }, () => record);

describe("the brake of a fleet", () => {
  // Floor mode is what lowers below a resource's minimum: see `bounds`.
  const [down, little, still] = [to(5, "floor"), to(9, "floor"), to(10, "floor")];

  it.each([
    { what: "holds when a pass takes too many units", records: [...times(3, down), ...times(12, still)], why: "10 %" },
    {
      what: "holds when a pass lowers too many targets",
      records: [...times(3, little), ...times(11, still)],
      why: "21 %",
    },
  ])("$what", ({ records, why }) => {
    const brake = brakeFor(records, { ...usual, units: why === "10 %" ? 0.09 : 1 }, NOON);
    expect(brake).toMatchObject({ on: true, at: NOON, since: NOON });
    expect(brake?.why).toContain(why);
  });

  it.each([
    { what: "nothing is lowered", records: times(10, still) },
    { what: "there is nothing", records: [] },
    { what: "few are lowered, whatever their share", records: times(2, down) },
    { what: "just as many units go as may", records: [...times(3, down), ...times(12, still)] },
    { what: "just as many targets are lowered as may be", records: [...times(3, little), ...times(12, still)] },
  ])("does not hold when $what", ({ records }) => {
    expect(brakeFor(records, usual, NOON)).toBeUndefined();
  });

  it("does not mind targets that grow, nor what is only said", () => {
    expect(brakeFor(times(10, to(20)), usual, NOON)).toBeUndefined();
    expect(brakeFor(times(10, to(5, "observe")), usual, NOON)).toBeUndefined();
  });

  it("does not mind targets whose capacity is not known", () => {
    const unknown = decide(input({ capacity: { is: "failed", why: "throttled" } }));
    expect(brakeFor(times(10, unknown), usual, NOON)).toBeUndefined();
  });

  it("concerns those that are lowered", () => {
    expect([down, little, still, to(20), to(5, "observe")].map(isLowering)).toEqual([true, true, false, false, false]);
  });

  it("as a fact holds them", () => {
    const brake = brakeFor(times(5, down), usual, NOON);
    const { facts, ...rest } = down.input;
    const again = decide({ ...rest, facts: brake === undefined ? facts : { ...facts, brake } });
    expect(again.decision).toMatchObject({ is: "hold", at: 10 });
    expect(again.interlocks).toEqual([{ name: "fleet-brake", since: NOON, why: brake?.why }]);
  });
});

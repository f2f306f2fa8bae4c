import { describe, expect, it } from "vitest";
import {
  action,
  bounded,
  limiting,
  NOON,
  paused,
  pinned,
  remembered,
  settings,
} from "../../../../test/builders/decisions.ts";
import type { Lease } from "../model.ts";
import { bounds, boundsOf } from "./bounds.ts";

const within = settings({ min: 4, max: 20 });
const aLot = { units: 2, per: "1m" as const };

describe("the bounds in force", () => {
  it.each<{ what: string; leases: Lease[]; min: number; max: number }>([
    { what: "are the configured ones", leases: [pinned(99), paused("both")], min: 4, max: 20 },
    { what: "may have another minimum", leases: [bounded({ min: 8 })], min: 8, max: 20 },
    { what: "may have another maximum", leases: [bounded({ max: 50 })], min: 4, max: 50 },
    { what: "may both be others", leases: [bounded({ min: 0, max: 3 })], min: 0, max: 3 },
    {
      what: "are the first that is given of each",
      leases: [bounded({ min: 8 }), bounded({ min: 9, max: 30 }), bounded({ max: 40 })],
      min: 8,
      max: 30,
    },
    { what: "have no minimum above the maximum", leases: [bounded({ min: 30 })], min: 20, max: 20 },
    { what: "have no minimum above a lower maximum", leases: [bounded({ max: 2 })], min: 2, max: 2 },
  ])("$what", ({ leases, min, max }) => {
    expect(boundsOf({ settings: within, leases })).toEqual({ min, max });
  });
});

describe("a capacity", () => {
  it.each([
    { capacity: 3, to: 4, reason: { code: "belowMin", data: { capacity: 3, min: 4 } } },
    { capacity: 4, to: undefined, reason: undefined },
    { capacity: 20, to: undefined, reason: undefined },
    { capacity: 21, to: 20, reason: { code: "atMax", data: { capacity: 21, max: 20 } } },
    {
      capacity: Number.MAX_SAFE_INTEGER,
      to: 20,
      reason: { code: "atMax", data: { capacity: Number.MAX_SAFE_INTEGER, max: 20 } },
    },
  ])("of $capacity between 4 and 20 becomes $to", ({ capacity, to, reason }) => {
    expect(bounds(capacity, limiting({ settings: within }))).toEqual(
      to === undefined ? undefined : { capacity: to, reason },
    );
  });

  it("below the minimum jumps there, whatever the rate", () => {
    const slow = settings({ min: 50, rate: { out: { allow: [aLot] } } });
    expect(bounds(10, limiting({ settings: slow }))?.capacity).toBe(50);
  });
});

describe("what is set above the maximum", () => {
  const high = { settings: settings({ min: 1, max: 20, rate: { in: { allow: [aLot] } } }), desired: 30 };

  it("comes down as fast as the rate allows", () => {
    expect(bounds(30, limiting(high))).toEqual({
      capacity: 28,
      reason: { code: "aboveMax", data: { desired: 30, max: 20, capacity: 28 } },
    });
  });

  it("rises no further", () => {
    expect(bounds(40, limiting(high))?.capacity).toBe(28);
  });

  it("comes down to the maximum and no lower", () => {
    expect(bounds(21, limiting({ ...high, desired: 21 }))?.capacity).toBe(20);
  });

  it("comes down at once without a rate", () => {
    expect(bounds(30, limiting({ ...high, settings: settings({ max: 20 }) }))?.capacity).toBe(20);
  });

  it("waits, and says so, while the rate is used up", () => {
    const memory = remembered({ actions: [action(NOON - 30, 32, 30)] });
    expect(bounds(30, limiting({ ...high, memory }))).toEqual({
      capacity: 30,
      reason: { code: "aboveMax", data: { desired: 30, max: 20, capacity: 30 } },
    });
  });

  it("may go below the maximum when that is wanted", () => {
    expect(bounds(15, limiting(high))).toBeUndefined();
  });

  it("begins above it, not at it", () => {
    expect(bounds(21, limiting({ ...high, desired: 20 }))?.reason.code).toBe("atMax");
    expect(bounds(21, limiting({ ...high, desired: 21 }))?.reason.code).toBe("aboveMax");
  });

  it("is as operators bound it", () => {
    const leases = [bounded({ max: 12 })];
    expect(bounds(15, limiting({ settings: settings({ max: 20 }), desired: 15, leases }))?.reason.code).toBe(
      "aboveMax",
    );
    expect(bounds(15, limiting({ settings: settings({ max: 20 }), desired: 11, leases }))?.reason.code).toBe("atMax");
  });
});

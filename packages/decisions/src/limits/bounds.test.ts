import { describe, expect, it } from "vitest";
import {
  action,
  bounded,
  capacity,
  limiting,
  NOON,
  paused,
  pinned,
  remembered,
  settings,
  tracking,
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
    expect(boundsOf({ settings: within, leases, at: NOON })).toEqual({ min, max });
  });
});

describe("a schedule's bounds", () => {
  const open = { from: "2026-01-01T11:00:00Z", to: "2026-01-01T13:00:00Z" };
  const scheduled = (...windows: { floor?: number; ceiling?: number }[]) =>
    settings({
      ...{ min: 4, max: 20 },
      policies: [tracking(), { kind: "schedule", windows: windows.map((window) => ({ ...open, ...window })) }],
    });
  const at = (given: ReturnType<typeof settings>, leases: Lease[] = [], when = NOON) =>
    boundsOf({ settings: given, leases, at: when });

  it.each([
    { what: "raise the minimum", windows: [{ floor: 8 }], min: 8, max: 20 },
    { what: "lower the maximum", windows: [{ ceiling: 8 }], min: 4, max: 8 },
    { what: "are within the configured ones", windows: [{ floor: 2 }, { ceiling: 30 }], min: 4, max: 20 },
    { what: "have no floor above a ceiling", windows: [{ floor: 9 }, { ceiling: 6 }], min: 6, max: 6 },
    {
      what: "are the strictest of several",
      windows: [
        { floor: 6, ceiling: 15 },
        { floor: 8, ceiling: 18 },
      ],
      min: 8,
      max: 15,
    },
  ])("$what", ({ windows, min, max }) => {
    expect(at(scheduled(...windows))).toEqual({ min, max });
  });

  it("end with their window", () => {
    expect(at(scheduled({ floor: 8 }), [], NOON + 3599)).toEqual({ min: 8, max: 20 });
    expect(at(scheduled({ floor: 8 }), [], NOON + 3600)).toEqual({ min: 4, max: 20 });
  });

  it("stand back behind an operator's", () => {
    expect(at(scheduled({ floor: 8 }), [bounded({ min: 2 })])).toEqual({ min: 2, max: 20 });
    expect(at(scheduled({ ceiling: 8 }), [bounded({ max: 50 })])).toEqual({ min: 4, max: 50 });
    expect(at(scheduled({ floor: 8 }), [bounded({ max: 6 })])).toEqual({ min: 6, max: 6 });
  });
});

describe("a resource's own bounds", () => {
  const owning = (own: { minimum?: number; maximum?: number }, changes: Parameters<typeof limiting>[0] = {}) =>
    limiting({ settings: within, capacity: { ...capacity(10), ...own }, ...changes });

  it.each([
    { what: "cut off what is above", own: { maximum: 15 }, to: 18, is: 15, code: "atResourceMax" },
    { what: "leave a lower maximum alone", own: { maximum: 30 }, to: 25, is: 20, code: "atMax" },
    { what: "leave the same maximum its name", own: { maximum: 20 }, to: 25, is: 20, code: "atMax" },
    { what: "leave the same minimum its name", own: { minimum: 4 }, to: 3, is: 4, code: "belowMin" },
    { what: "hold up what is below", own: { minimum: 6 }, to: 5, is: 6, code: "belowResourceMin" },
    { what: "leave a higher minimum alone", own: { minimum: 2 }, to: 3, is: 4, code: "belowMin" },
    { what: "win over the minimum", own: { maximum: 3 }, to: 1, is: 3, code: "aboveMax" },
  ])("$what", ({ own, to, is, code }) => {
    expect(bounds(to, owning(own))).toMatchObject({ capacity: is, reason: { code } });
  });

  it("win over the minimum, and say so", () => {
    expect(bounds(1, owning({ maximum: 3 }, { desired: 2 }))).toEqual({
      capacity: 3,
      reason: { code: "atResourceMax", data: { capacity: 4, max: 3 } },
    });
  });

  it("have no minimum in floor mode, in which it is what is set", () => {
    const floor = { settings: settings({ min: 4, max: 20, mode: "floor" }) };
    expect(bounds(5, owning({ minimum: 6 }, floor))).toBeUndefined();
    expect(bounds(18, owning({ maximum: 15 }, floor))?.capacity).toBe(15);
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
  ])("of $capacity between 4 and 20 becomes $to", ({ capacity: given, to, reason }) => {
    expect(bounds(given, limiting({ settings: within }))).toEqual(
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

  it("stays while an interlock forbids lowering, and then comes down", () => {
    const lock = { name: "deployment", since: NOON - 60, why: "one is running", restrains: "in" as const, over: false };
    expect(bounds(30, limiting({ ...high, interlocks: [lock] }))).toEqual({
      capacity: 30,
      reason: { code: "interlockIn", data: { interlock: "deployment", since: NOON - 60, why: lock.why, capacity: 20 } },
    });
    expect(bounds(30, limiting({ ...high, interlocks: [{ ...lock, over: true }] }))?.capacity).toBe(28);
  });

  it("takes no unit that is busy and protected", () => {
    const there = (busy: number) => ({ ...high, capacity: { ...capacity(30), protected: busy } });
    expect(bounds(30, limiting(there(29)))).toEqual({
      capacity: 29,
      reason: { code: "protectedUnits", data: { capacity: 20, busy: 29 } },
    });
    expect(bounds(30, limiting(there(27)))?.capacity).toBe(28);
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

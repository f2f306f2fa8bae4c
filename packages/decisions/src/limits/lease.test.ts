import { describe, expect, it } from "vitest";
import { bounded, limiting, NOON, paused, pinned } from "../../../../test/builders/decisions.ts";
import { pause, pin } from "./lease.ts";

describe("a pin", () => {
  it.each([
    { what: "raises", capacity: 10, units: 30, to: 30 },
    { what: "lowers", capacity: 10, units: 2, to: 2 },
    { what: "replaces what was wanted", capacity: 5, units: 10, to: 10 },
    { what: "says nothing when it changes nothing", capacity: 30, units: 30, to: undefined },
  ])("$what", ({ capacity, units, to }) => {
    expect(pin(capacity, limiting({ leases: [pinned(units)] }))?.capacity).toBe(to);
  });

  it("names who pinned, why and until when", () => {
    expect(pin(10, limiting({ leases: [pinned(30)] }))?.reason).toEqual({
      code: "pinned",
      data: { capacity: 30, owner: "ada", reason: "a test", until: NOON + 3600 },
    });
  });

  it("is the first of several, and no other lease", () => {
    const leases = [paused("both"), bounded({ max: 3 }), pinned(20), pinned(30)];
    expect(pin(10, limiting({ leases }))?.capacity).toBe(20);
    expect(pin(10, limiting({ leases: leases.slice(0, 2) }))).toBeUndefined();
    expect(pin(10, limiting())).toBeUndefined();
  });
});

describe("a pause", () => {
  it.each([
    { direction: "both" as const, lowers: false, raises: false },
    { direction: "in" as const, lowers: false, raises: true },
    { direction: "out" as const, lowers: true, raises: false },
  ])("of $direction lets capacity fall: $lowers, rise: $raises", ({ direction, lowers, raises }) => {
    const context = limiting({ leases: [paused(direction)] });
    expect(pause(5, context)?.capacity).toBe(lowers ? undefined : 10);
    expect(pause(15, context)?.capacity).toBe(raises ? undefined : 10);
    expect(pause(10, context)).toBeUndefined();
  });

  it("names who paused, what, why and until when", () => {
    expect(pause(5, limiting({ leases: [paused("in")] }))?.reason).toEqual({
      code: "paused",
      data: { capacity: 5, direction: "in", owner: "ada", reason: "a test", until: NOON + 3600 },
    });
  });

  it("is any that forbids it, and no other lease", () => {
    const leases = [pinned(3), paused("out"), paused("in", { owner: "bob" })];
    expect(pause(5, limiting({ leases }))?.reason.data).toMatchObject({ owner: "bob" });
    expect(pause(5, limiting({ leases: leases.slice(0, 2) }))).toBeUndefined();
    const both = [paused("in"), paused("in", { owner: "bob" })];
    expect(pause(5, limiting({ leases: both }))?.reason.data).toMatchObject({ owner: "ada" });
  });
});

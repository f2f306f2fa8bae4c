import { describe, expect, it } from "vitest";
import { capacity, limiting, looks, remembered, settings } from "../../../../test/builders/decisions.ts";
import type { LimitContext } from "../limits/limit.ts";
import type { Moment } from "../model.ts";
import { arrival } from "./arrival.ts";

const slow = settings({ warmUp: "5m" });

/** Looks of the last so many minutes. */
function before(minutes: number, desired: number, ready: number): Moment[] {
  return looks(
    Array.from({ length: minutes }, () => desired),
    { ready },
  );
}

/** Why it is open with 20 set, of which so many serve, after these looks. */
function open(ready: number, ring: Moment[], changes: Partial<LimitContext> = {}) {
  const there = { ...capacity(20, 20, ready) };
  const memory = remembered({ ring });
  return arrival.open(limiting({ settings: slow, desired: 20, capacity: there, memory, ...changes }));
}

describe("units that did not arrive", () => {
  it("keep more from being asked for after twice the warm-up", () => {
    expect(open(10, before(10, 20, 10))).toBe(
      "20 were asked for longer than twice the warm-up ago, and not more than 10 have served since",
    );
    expect(arrival.restrains).toBe("out");
  });

  it.each([
    { what: "were asked for later", ready: 10, ring: [...before(10, 10, 10).slice(0, 2), ...before(8, 20, 10)] },
    { what: "are all there", ready: 20, ring: before(10, 20, 20) },
    { what: "came just now", ready: 20, ring: before(10, 20, 10) },
    { what: "were there and are away for a moment", ready: 10, ring: before(10, 20, 20) },
    { what: "are a tenth of all at most", ready: 18, ring: before(10, 20, 18) },
    { what: "were asked for at a time of which too little is remembered", ready: 10, ring: before(9, 20, 10) },
  ])("are not those that $what", ({ ready, ring }) => {
    expect(open(ready, ring)).toBeUndefined();
  });

  it("are told from those that were raised again and again meanwhile", () => {
    const growing = looks([12, 13, 14, 15, 16, 17, 18, 19, 20, 20], { ready: 10 });
    expect(open(10, growing)).toContain("13 were asked for");
  });

  it("are away for another reason while a deployment replaces them", () => {
    const there = { ...capacity(20, 20, 10), deploying: true };
    expect(open(10, before(10, 20, 10), { capacity: there })).toBeUndefined();
  });

  it("are native scaling's business in floor mode", () => {
    expect(open(10, before(10, 20, 10), { settings: { ...slow, mode: "floor" } })).toBeUndefined();
  });

  it("have two ticks at least, whatever the warm-up", () => {
    const quick = settings({ warmUp: "0s" });
    expect(open(10, before(2, 20, 10), { settings: quick })).toBeDefined();
    expect(open(10, before(2, 10, 10), { settings: quick })).toBeUndefined();
  });
});

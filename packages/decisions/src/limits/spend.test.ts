import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { capacity, limiting, look, MINUTE, NOON, remembered, settings } from "../../../../test/builders/decisions.ts";
import type { Usage } from "../model.ts";
import { spend, usageAfter } from "./spend.ts";

const HOUR = 3600;
/** 0.50 an hour and unit, and 120 a day. */
const daily = settings({ spend: { unitHour: 0.5, budget: 120, per: "24h" } });
const braked = settings({ spend: { unitHour: 0.5, budget: 120, per: "24h", breaker: 2 } });

/** So many unit-hours since so many hours. */
const used = (unitHours: number, hoursAgo = 10): Usage => ({
  from: NOON - hoursAgo * HOUR,
  unitSeconds: unitHours * HOUR,
});
const bound = (to: number, usage: Usage[], given = daily) =>
  spend(to, limiting({ settings: given, memory: remembered({ usage }) }));

describe("a budget", () => {
  it.each([
    { what: "lets raises through until it is spent", usage: [used(239)], to: 20, is: undefined },
    { what: "lets none through once it is", usage: [used(240)], to: 20, is: 10 },
    { what: "never lowers", usage: [used(1000)], to: 4, is: undefined },
    { what: "never lowers what stays", usage: [used(1000)], to: 10, is: undefined },
    { what: "is one of everything within its time", usage: [used(200, 20), used(40, 2)], to: 20, is: 10 },
    { what: "has forgotten what is older", usage: [used(1000, 30), used(20, 24)], to: 20, is: undefined },
  ])("$what", ({ usage, to, is }) => {
    expect(bound(to, usage)?.capacity).toBe(is);
  });

  it("counts the share of a stretch that reaches into its time", () => {
    // From 25 hours ago to 23 hours ago: half of it is within a day.
    const reaching = [used(300, 25), used(80, 23)];
    expect(bound(20, reaching)).toBeUndefined();
    expect(bound(20, [used(300, 25), used(90, 23)])?.capacity).toBe(10);
  });

  it("of the breaker is whole units", () => {
    const odd = settings({ spend: { unitHour: 0.5, budget: 125, per: "24h", breaker: 2 } });
    expect(bound(30, [], odd)?.capacity).toBe(20);
  });

  it("is named", () => {
    expect(bound(20, [used(250)])?.reason).toEqual({
      code: "budgetSpent",
      data: { capacity: 20, spent: 125, budget: 120, per: 86_400 },
    });
  });

  it("is nobody's who has none", () => {
    expect(bound(20, [used(1000)], settings())).toBeUndefined();
  });
});

describe("a breaker", () => {
  // 120 a day at 0.50 are 10 units all day; twice the pace are 20.
  it.each([
    { to: 20, is: undefined },
    { to: 21, is: 20 },
    { to: 500, is: 20 },
  ])("keeps a raise to $to from a pace that uses the budget up too fast", ({ to, is }) => {
    expect(bound(to, [], braked)?.capacity).toBe(is);
  });

  it("never lowers what is there", () => {
    const context = limiting({ settings: braked, desired: 30 });
    expect(spend(40, context)).toEqual({
      capacity: 30,
      reason: { code: "burningBudget", data: { capacity: 40, most: 30, budget: 120, per: 86_400 } },
    });
    expect(spend(25, context)).toBeUndefined();
  });
});

describe("what was used", () => {
  const after = (usage: Usage[], ago = MINUTE, running = 10) => {
    const memory = remembered({ usage, ring: [look(NOON - ago, 10)] });
    return usageAfter(limiting({ settings: daily, memory, capacity: capacity(10, running) }));
  };

  it("is counted from look to look", () => {
    expect(after([])).toEqual([{ from: NOON, unitSeconds: 600 }]);
    expect(after([{ from: NOON - 300, unitSeconds: 1000 }])).toEqual([{ from: NOON - 300, unitSeconds: 1600 }]);
  });

  it("is of what runs or is set, whichever is more", () => {
    expect(after([], MINUTE, 14)).toEqual([{ from: NOON, unitSeconds: 840 }]);
    expect(after([], MINUTE, 4)).toEqual([{ from: NOON, unitSeconds: 600 }]);
  });

  it("is counted from the newest look, into the newest stretch", () => {
    const ring = [look(NOON - 300, 10), look(NOON - MINUTE, 10)];
    const usage = [used(1, 3), { from: NOON - 300, unitSeconds: 1000 }];
    const context = limiting({ settings: daily, memory: remembered({ usage, ring }) });
    expect(usageAfter(context)).toEqual([usage[0], { from: NOON - 300, unitSeconds: 1600 }]);
  });

  it("goes on while nobody looks, up to the time of the budget", () => {
    expect(after([], HOUR)).toEqual([{ from: NOON, unitSeconds: 10 * HOUR }]);
    expect(after([], 40 * HOUR)).toEqual([{ from: NOON, unitSeconds: 240 * HOUR }]);
  });

  it("is nothing at the first look", () => {
    expect(usageAfter(limiting({ settings: daily }))).toEqual([{ from: NOON, unitSeconds: 0 }]);
  });

  it("begins a new stretch each 24th of the budget's time, and lets go of those that are over", () => {
    const usage = [used(1, 26), used(1, 25), used(1, 23), used(1, 1)];
    expect(after(usage).map(({ from }) => (NOON - from) / HOUR)).toEqual([25, 23, 1, 0]);
  });

  it("is not counted without a budget", () => {
    expect(usageAfter(limiting({ settings: settings() }))).toEqual([]);
  });

  test.prop([fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 300 })], { numRuns: 50 })(
    "over any ticks is kept in few stretches, and adds up",
    (units) => {
      const short = settings({ spend: { unitHour: 1, budget: 1, per: "2h" } });
      let usage: Usage[] = [];
      let sum = 0;
      for (const [index, each] of units.entries()) {
        const at = NOON + index * MINUTE;
        const ring = index === 0 ? [] : [look(at - MINUTE, each)];
        const memory = remembered({ usage, ring });
        usage = usageAfter(limiting({ settings: short, at, memory, capacity: capacity(each) }));
        sum += index === 0 ? 0 : each * MINUTE;
      }
      expect(usage.length).toBeLessThanOrEqual(26);
      const kept = usage.reduce((total, { unitSeconds }) => total + unitSeconds, 0);
      if (units.length < 120) expect(kept).toBe(sum);
      else expect(kept).toBeLessThanOrEqual(sum);
    },
  );
});

import { describe, expect, it } from "vitest";
import { action, limiting, NOON, remembered, settings } from "../../../../test/builders/decisions.ts";
import type { Action } from "../model.ts";
import { leastAllowed, mostAllowed, rate } from "./rate.ts";

type Rates = NonNullable<NonNullable<Parameters<typeof settings>[0]>["rate"]>;
type Allow = NonNullable<Rates["in"]>["allow"];

function context(given: Rates, desired: number, actions: Action[] = []) {
  return limiting({ settings: settings({ rate: given }), desired, memory: remembered({ actions }) });
}

/** How far up and down one set of rates allows to go from `desired`. */
function allowed(given: Rates["in"], desired: number, actions: Action[] = []) {
  const both = context({ in: given, out: given }, desired, actions);
  const { in: inward, out } = both.settings.rate;
  return [leastAllowed(inward, both), out === undefined ? undefined : mostAllowed(out, both)];
}

const perMinute = (units: number): Allow[number] => ({ units, per: "1m" });
const percent = (share: number): Allow[number] => ({ percent: share, per: "1m" });

describe("HPA's arithmetic", () => {
  it.each<{ what: string; desired: number; allow: Allow; range: [number, number] }>([
    { what: "4 units of 10", desired: 10, allow: [perMinute(4)], range: [6, 14] },
    { what: "10 % of 72: 64.8 down to 64, 79.2 up to 80", desired: 72, allow: [percent(10)], range: [64, 80] },
    { what: "10 % of 70: exactly 63 and 77", desired: 70, allow: [percent(10)], range: [63, 77] },
    { what: "90 % of 10: exactly 1 and 19", desired: 10, allow: [percent(90)], range: [1, 19] },
    { what: "10 % of 1: one, at least", desired: 1, allow: [percent(10)], range: [0, 2] },
    { what: "10 % of nothing: one, or nobody would wake", desired: 0, allow: [percent(10)], range: [0, 1] },
    { what: "100 % and 250 %", desired: 10, allow: [percent(250)], range: [0, 35] },
    { what: "no less than nothing", desired: 3, allow: [perMinute(5)], range: [0, 8] },
  ])("$what", ({ desired, allow, range }) => {
    expect(allowed({ allow }, desired)).toEqual(range);
  });

  it("takes the one that allows most unless the strictest is asked for", () => {
    const allow = [perMinute(4), percent(10)];
    expect(allowed({ allow }, 100)).toEqual([90, 110]);
    expect(allowed({ allow, select: "loosest" }, 10)).toEqual([6, 14]);
    expect(allowed({ allow, select: "strictest" }, 10)).toEqual([9, 11]);
    expect(allowed({ allow, select: "strictest" }, 100)).toEqual([96, 104]);
  });
});

describe("the beginning of the period", () => {
  it.each<{ what: string; actions: Action[]; range: [number, number] }>([
    { what: "is before what was added in it", actions: [action(NOON - 30, 7, 10)], range: [3, 11] },
    { what: "is before what was taken away in it", actions: [action(NOON - 30, 12, 10)], range: [8, 16] },
    {
      what: "is before all of its changes",
      actions: [action(NOON - 50, 7, 12), action(NOON - 30, 12, 10)],
      range: [3, 11],
    },
    { what: "does not know what is a whole period old", actions: [action(NOON - 60, 7, 10)], range: [6, 14] },
    { what: "knows what is a second younger", actions: [action(NOON - 59, 7, 10)], range: [3, 11] },
    { what: "is not blamed for what others did", actions: [action(NOON - 30, 2, 10, "foreign")], range: [6, 14] },
  ])("$what", ({ actions, range }) => {
    expect(allowed({ allow: [perMinute(4)] }, 10, actions)).toEqual(range);
  });

  it("is of each period's own length", () => {
    const actions = [action(NOON - 90, 4, 10)];
    const allow: Allow = [perMinute(1), { units: 8, per: "2m" }];
    expect(allowed({ allow, select: "strictest" }, 10, actions)).toEqual([9, 11]);
    expect(allowed({ allow, select: "loosest" }, 10, actions)).toEqual([0, 12]);
  });

  it("that used up its change leaves what is set", () => {
    expect(allowed({ allow: [perMinute(4)] }, 10, [action(NOON - 30, 2, 10)])).toEqual([0, 10]);
    expect(allowed({ allow: [perMinute(4)] }, 10, [action(NOON - 30, 18, 10)])).toEqual([10, 22]);
    expect(allowed({ allow: [percent(10)] }, 2, [action(NOON - 30, 0, 12)])).toEqual([0, 2]);
  });
});

describe("a capacity", () => {
  const both = { in: { allow: [perMinute(2)] }, out: { allow: [perMinute(5)] } };
  it.each([
    { capacity: 3, to: 8, code: "rateIn" },
    { capacity: 7, to: 8, code: "rateIn" },
    { capacity: 8, to: undefined, code: undefined },
    { capacity: 10, to: undefined, code: undefined },
    { capacity: 15, to: undefined, code: undefined },
    { capacity: 16, to: 15, code: "rateOut" },
    { capacity: Number.MAX_SAFE_INTEGER, to: 15, code: "rateOut" },
  ])("of $capacity, from 10, becomes $to", ({ capacity, to, code }) => {
    const limited = rate(capacity, context(both, 10));
    expect(limited).toEqual(
      to === undefined ? undefined : { capacity: to, reason: { code, data: { capacity, allowed: to } } },
    );
  });

  it("is free in a direction that has no rate", () => {
    expect(rate(0, context({ out: both.out }, 10))).toBeUndefined();
    expect(rate(99, context({ in: both.in }, 10))).toBeUndefined();
    expect(leastAllowed(undefined, context({}, 10))).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { MINUTE, metric, NOON, nameOf, proposing } from "../../../../test/builders/decisions.ts";
import type { Outlook } from "../model.ts";
import { forecastKey, propose, quantileOf, raisedMaximum, settings, signals } from "./predictive.ts";

type Input = z.input<typeof settings>;

const load = metric("requests", { statistic: "Sum" });
const policy = (changes: Partial<Input> = {}) =>
  settings.parse({ kind: "predictive", signal: load, target: 60, ...changes });

const made = { is: "forecast" as const, madeAt: NOON - 600, level: 0.9, from: NOON + 300, to: NOON + 420 };
const expecting = (ahead: number, soon = ahead, changes: object = {}): Outlook => ({
  ...{ ...made, ahead, soon, probation: null },
  ...changes,
});

/** What is proposed with 10 units set. */
function proposed(outlook: Outlook | undefined, seen: object = {}, changes: Partial<Input> = {}) {
  const { proposal } = propose(policy(changes), proposing({ outlook, ...seen }));
  return proposal.is === "proposes" ? [proposal.capacity, proposal.reason.code] : [proposal.is, proposal.reason.code];
}

describe("a trusted forecast", () => {
  it("raises to what is expected when new units serve", () => {
    expect(proposed(expecting(1190))).toEqual([20, "forecastNeedsMore"]);
    expect(proposed(expecting(601))).toEqual([11, "forecastNeedsMore"]);
    expect(proposed(expecting(1190), { others: 30 })).toEqual([20, "forecastNeedsMore"]);
  });

  it("does not raise for what is over before new units would serve, and keeps what is there for it", () => {
    expect(proposed(expecting(300, 1200), { others: 4 })).toEqual([10, "forecastOnPace"]);
    expect(proposed(expecting(600))).toEqual([10, "forecastOnPace"]);
  });

  it("is a floor for those who look at load", () => {
    expect(proposed(expecting(300, 420), { others: 4 })).toEqual([7, "forecastNeedsLess"]);
    expect(proposed(expecting(420, 300), { others: 4 })).toEqual([7, "forecastNeedsLess"]);
  });

  it("lowers alone only where it may", () => {
    expect(proposed(expecting(300))).toEqual([10, "forecastMayNotLower"]);
    expect(proposed(expecting(300), {}, { mayScaleIn: true })).toEqual([5, "forecastNeedsLess"]);
  });

  it("is explained", () => {
    expect(propose(policy(), proposing({ outlook: expecting(1190) })).proposal.reason.data).toEqual({
      ...{ madeAt: NOON - 600, level: 0.9, from: NOON + 300, to: NOON + 420, target: 60, desired: 10 },
      ...{ load: 1190, capacity: 20 },
    });
  });
});

describe("in floor mode", () => {
  const floor = { mode: "floor", min: 3 };

  it("the floor that it asked for comes down with what is expected, and to the configured one without a forecast", () => {
    expect(proposed(expecting(1190), floor)).toEqual([20, "forecastNeedsMore"]);
    expect(proposed(expecting(300), floor)).toEqual([5, "forecastNeedsLess"]);
    expect(proposed(expecting(300, 300, { probation: "it missed" }), floor)).toEqual([3, "forecastOnProbation"]);
    expect(proposed(undefined, floor)).toEqual([3, "noForecast"]);
  });
});

describe("what a forecast is of", () => {
  it.each<{ what: string; changes: Partial<Input>; warmUp?: number }>([
    { what: "another metric", changes: { signal: { ...load, metric: "other" } } },
    { what: "another period", changes: { signal: { ...load, period: "5m" } } },
    { what: "another quantile", changes: { quantile: 0.95 } },
    { what: "another zone", changes: { zone: "Europe/Berlin" } },
    { what: "another start-up, where the quantile depends on it", changes: {}, warmUp: 300 },
  ])("is something else for $what", ({ changes, warmUp = 60 }) => {
    expect(forecastKey(policy(changes), warmUp)).not.toBe(forecastKey(policy(), 60));
  });

  it("is the same for another target a unit", () => {
    expect(forecastKey(policy({ target: 50 }), 60)).toBe(forecastKey(policy(), 60));
  });
});

describe("one that cannot be trusted", () => {
  it.each<{ what: string; outlook: Outlook | undefined; code: string; why: string }>([
    { what: "was never made", outlook: undefined, code: "noForecast", why: "none was made yet" },
    { what: "could not be made", outlook: { is: "none", why: "a day long" }, code: "noForecast", why: "a day long" },
    {
      what: "is on probation",
      outlook: expecting(9000, 9000, { probation: "it missed" }),
      code: "forecastOnProbation",
      why: "it missed",
    },
  ])("because it $what asks for nothing and keeps nobody from anything", ({ outlook, code, why }) => {
    const { proposal } = propose(policy({ mayScaleIn: true }), proposing({ outlook, others: 4 }));
    expect(proposal).toMatchObject({ is: "satisfied", reason: { code, data: { why } } });
    expect(raisedMaximum(policy({ exceedMax: { upTo: 500 } }), outlook, 100)).toBeUndefined();
  });
});

describe("a peak above the maximum", () => {
  const exceeding = policy({ exceedMax: { buffer: 0.1, upTo: 130 } });

  it("raises it by the buffer, as long as it is ahead or lasts, and never above the end", () => {
    expect(raisedMaximum(exceeding, expecting(6000), 100)).toBeUndefined();
    const until = NOON + 420;
    expect(raisedMaximum(exceeding, expecting(6060), 100)).toEqual({ max: 112, until });
    expect(raisedMaximum(exceeding, expecting(60, 6060), 100)).toEqual({ max: 112, until });
    expect(raisedMaximum(exceeding, expecting(60_000), 100)).toEqual({ max: 130, until });
  });

  it("is one that was forecast: that more came raises no maximum", () => {
    expect(raisedMaximum(exceeding, expecting(60_000, 60_000, { peak: 6000 }), 100)).toBeUndefined();
  });

  it("does nothing where that is not said", () => {
    expect(raisedMaximum(policy(), expecting(60_000), 100)).toBeUndefined();
  });
});

describe("the quantile", () => {
  it.each([
    { what: "grows with the time that units take to start, where nothing is said", changes: {}, is: 0.7 },
    { what: "may be given", changes: { quantile: 0.75 }, is: 0.75 },
    { what: "is the critical ratio of the costs", changes: { cost: { short: 19, spare: 1 } }, is: 0.95 },
    { what: "is never beyond what can be learnt", changes: { cost: { short: 1e6, spare: 1 } }, is: 0.99 },
    { what: "is the median at least", changes: { cost: { short: 1, spare: 9 } }, is: 0.5 },
  ])("$what", ({ changes, is }) => {
    expect(quantileOf(policy(changes), 150)).toBeCloseTo(is);
  });

  it.each([
    [0, 0.5],
    [300, 0.9],
    [900, 0.9],
  ])("is for units that start in %d s without more words %d", (warmUp, is) => {
    expect(quantileOf(policy(), warmUp)).toBeCloseTo(is);
  });
});

it("wants to know the load as it is", () => {
  expect(signals(policy()).map(nameOf)).toEqual(["requests"]);
  expect(policy()).toMatchObject({
    history: 14 * 1440 * MINUTE,
    horizon: 48 * 60 * MINUTE,
    mayScaleIn: false,
    zone: "UTC",
  });
});

it.each([
  { what: "a quantile beside costs", changes: { quantile: 0.9, cost: { short: 9, spare: 1 } } },
  { what: "a target of nothing", changes: { target: 0 } },
  { what: "an unknown zone", changes: { zone: "Europe/Atlantis" } },
  { what: "a date that is none", changes: { except: ["2026-02-30"] } },
  { what: "a counter", changes: { signal: { ...load, counter: true } } },
  { what: "a history of a day", changes: { history: "1d" as const } },
  { what: "a history of a year", changes: { history: "365d" as const } },
  { what: "a horizon of an hour", changes: { horizon: "1h" as const } },
  { what: "a horizon of a month", changes: { horizon: "30d" as const } },
  { what: "a quantile below the median", changes: { quantile: 0.4 } },
])("refuses $what", ({ changes }) => {
  expect(settings.safeParse({ kind: "predictive", signal: load, target: 60, ...changes }).success).toBe(false);
});

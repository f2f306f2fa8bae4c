import { describe, expect, it } from "vitest";
import { NOON } from "../../../test/builders/decisions.ts";
import { type Reason, sentence, sentences } from "./reasons.ts";

const tracked = { signal: "CPU", value: 84, target: 60, of: "average", desired: 4, units: 5.6 };
const total = { ...tracked, signal: "Requests", value: 25_200, target: 1500, of: "total", units: 16.8, desired: 12 };
const backlog = {
  ...{ queue: "jobs", visible: 1200, inFlight: 7, delayed: 0, arrivals: 10, secondsPerMessage: 1.5, concurrency: 2 },
  ...{ left: 540, capacity: 9, desired: 4, eta: 540 },
};
const change = { until: NOON + 300, changed: NOON, from: 4, to: 6 };
const granted = { owner: "ada", reason: "launch", until: NOON + 3600 };
const burning = { burn: 12, above: 6, slo: 0.999, ready: 10, desired: 10 };
const expected = { madeAt: NOON, level: 0.9, from: NOON + 300, to: NOON + 420, target: 60, load: 1200 };
const held = { interlock: "drill", since: NOON, why: "failover of eu-west-1", capacity: 4 };
const jobs =
  "jobs has 1,200 messages visible, 7 in flight and 10 a second arriving; at 1.5 s a message and 2 at a time a unit, with 9 min to work it off";

/** One example of each reason, with what people read. */
const examples: [Reason, string][] = [
  [
    { code: "aboveTarget", data: { ...tracked, capacity: 6 } },
    "CPU is 84 per unit against a target of 60: 5.6 units' worth, so 6 units are needed and 4 are set.",
  ],
  [
    { code: "belowTarget", data: { ...total, units: 1, capacity: 1 } },
    "Requests is 25,200 at 1,500 a unit: 1 unit's worth, so 1 unit is enough and 12 are set.",
  ],
  [
    { code: "withinTolerance", data: { ...tracked, desired: 6, tolerance: 0.1 } },
    "CPU is 84 per unit against a target of 60: 5.6 units' worth, within 10 % of the 6 that are set.",
  ],
  [
    { code: "roundedUp", data: { ...total, units: 0.3, desired: 1 } },
    "Requests is 25,200 at 1,500 a unit: 0.3 units' worth, rounded up to 1 unit, and 1 is set.",
  ],
  [
    { code: "notAllReported", data: { ...tracked, desired: 8, most: 9.25 } },
    "CPU is 84 per unit against a target of 60: 5.6 units' worth at the least and 9.25 at the most, because not all units served and reported all the time: 8 are set, and that stays so.",
  ],
  [
    { code: "aboveRange", data: { signal: "CPU" } },
    "CPU is above its declared range: such a value may raise capacity but not lower it.",
  ],
  [
    { code: "counterReset", data: { signal: "Requests" } },
    "Requests began again from 0, so it may have grown more than it shows: that may raise capacity but not lower it.",
  ],
  [{ code: "backlogNeedsMore", data: backlog }, `${jobs}, 9 units are needed and 4 are set; then it is gone in 9 min.`],
  [
    { code: "backlogNeedsLess", data: { ...backlog, visible: 0, desired: 12, eta: 0 } },
    `${jobs.replace("1,200", "0")}, 9 units are enough and 12 are set; then there is no backlog.`,
  ],
  [
    { code: "backlogOnPace", data: { ...backlog, delayed: 30, desired: 9, eta: null } },
    `${jobs.replace("visible,", "visible, 30 delayed ones falling due,")}, 9 are set, which is right; it would not get shorter.`,
  ],
  [
    { code: "backlogInfeasible", data: { ...backlog, max: 8, eta: 9000 } },
    `${jobs}, 9 units would be needed and the maximum is 8; with those it is gone in 2 h 30 min.`,
  ],
  [{ code: "notYet", data: { signal: "CPU" } }, "CPU has no period yet that is over and settled."],
  [{ code: "noData", data: { signal: "CPU" } }, "CPU has no datapoints; missing is not zero."],
  [{ code: "stale", data: { signal: "CPU", age: 400 } }, "CPU is stale: its newest period ended 7 min ago."],
  [{ code: "failed", data: { signal: "CPU", why: "it reported NaN" } }, "CPU cannot be used: it reported NaN."],
  [
    { code: "capacityThenUnknown", data: { signal: "CPU", at: NOON } },
    "CPU is an average over units from 2026-01-01 12:00:00Z on, and how many there were is not known.",
  ],
  [
    { code: "noUnitsThen", data: { signal: "CPU", at: NOON } },
    "CPU is an average over units from 2026-01-01 12:00:00Z on, and there were none.",
  ],
  [
    { code: "capacityFailed", data: { why: "Throttled: slow down" } },
    "The capacity could not be read: Throttled: slow down. Nothing is changed.",
  ],
  [
    { code: "scaleInNeedsAll", data: { policy: "queue", capacity: 3 } },
    "3 units would be enough for those who can tell, but queue cannot, and capacity never falls for want of data.",
  ],
  [{ code: "nothingAsked", data: {} }, "No policy asks for anything."],
  [
    { code: "stabilisingIn", data: { window: 300, capacity: 5, highest: 8, at: NOON } },
    "Capacity falls only to the most that was proposed in the last 5 min: 8 at 2026-01-01 12:00:00Z, not 5.",
  ],
  [
    { code: "stabilisingOut", data: { window: 60, capacity: 9, lowest: 7, at: NOON } },
    "Capacity rises only to the least that was proposed in the last 1 min: 7 at 2026-01-01 12:00:00Z, not 9.",
  ],
  [
    { code: "memoryTooShort", data: { known: 90, window: 300, capacity: 5 } },
    "Lowering to 5 needs 5 min without a gap to look back on, and there are 90 s.",
  ],
  [{ code: "rateOut", data: { capacity: 20, allowed: 14 } }, "The rate allows 14 units now, not 20."],
  [{ code: "rateIn", data: { capacity: 2, allowed: 8 } }, "The rate allows going down to 8 units now, not 2."],
  [
    { code: "coolingDownIn", data: change },
    "No lowering before 2026-01-01 12:05:00Z: capacity went from 4 to 6 at 2026-01-01 12:00:00Z.",
  ],
  [
    { code: "coolingDownOut", data: change },
    "No raising before 2026-01-01 12:05:00Z: capacity went from 4 to 6 at 2026-01-01 12:00:00Z.",
  ],
  [
    { code: "pinned", data: { ...granted, capacity: 30 } },
    "Pinned at 30 units by ada until 2026-01-01 13:00:00Z: launch.",
  ],
  [
    { code: "paused", data: { ...granted, capacity: 3, direction: "in" } },
    "Going to 3 is paused by ada until 2026-01-01 13:00:00Z: launch.",
  ],
  [
    { code: "stepTaken", data: { signal: "CPU", value: 90, base: 10, capacity: 13, desired: 12 } },
    "CPU is 90, and its step goes from the 10 there were then to 13 units; 12 are set.",
  ],
  [{ code: "noStep", data: { signal: "CPU", value: 50 } }, "CPU is 50, for which there is no step."],
  [{ code: "windowFloor", data: { floor: 45 } }, "A schedule's window is open: not fewer than 45 units."],
  [{ code: "noWindow", data: {} }, "No window of the schedule is open."],
  [
    { code: "noForecast", data: { why: "the history is a day long" } },
    "There is no forecast: the history is a day long.",
  ],
  [
    { code: "forecastOnProbation", data: { why: "it missed 6 of 12", madeAt: NOON } },
    "The forecast of 2026-01-01 12:00:00Z is on probation and asks for nothing: it missed 6 of 12.",
  ],
  [
    { code: "forecastNeedsMore", data: { ...expected, capacity: 20, desired: 12 } },
    "The forecast of 2026-01-01 12:00:00Z expects no more than 1,200 with 90 % certainty from 2026-01-01 12:05:00Z to 2026-01-01 12:07:00Z, at 60 a unit, 20 units are needed by then and 12 are set.",
  ],
  [
    {
      code: "forecastNeedsMore",
      data: { ...expected, present: { load: 1100, said: 1000 }, capacity: 20, desired: 12 },
    },
    "The forecast of 2026-01-01 12:00:00Z (of the last minutes it said 1,000, and 1,100 came) expects no more than 1,200 with 90 % certainty from 2026-01-01 12:05:00Z to 2026-01-01 12:07:00Z, at 60 a unit, 20 units are needed by then and 12 are set.",
  ],
  [
    { code: "forecastNeedsLess", data: { ...expected, capacity: 20, desired: 25 } },
    "The forecast of 2026-01-01 12:00:00Z expects no more than 1,200 with 90 % certainty from 2026-01-01 12:05:00Z to 2026-01-01 12:07:00Z, at 60 a unit, 20 units are enough until then and 25 are set.",
  ],
  [
    { code: "forecastMayNotLower", data: { ...expected, capacity: 20, desired: 25 } },
    "The forecast of 2026-01-01 12:00:00Z expects no more than 1,200 with 90 % certainty from 2026-01-01 12:05:00Z to 2026-01-01 12:07:00Z, at 60 a unit, 20 units are enough until then; 25 are set, and the forecast may not lower alone.",
  ],
  [
    { code: "forecastOnPace", data: { ...expected, capacity: 20, desired: 20 } },
    "The forecast of 2026-01-01 12:00:00Z expects no more than 1,200 with 90 % certainty from 2026-01-01 12:05:00Z to 2026-01-01 12:07:00Z, at 60 a unit, 20 are set, which is right until then.",
  ],
  [
    { code: "objectiveMet", data: { short: 2, long: 0.5, above: 6 } },
    "The error budget burns at 2 and, over the long window, 0.5 times its pace; both would have to be above 6.",
  ],
  [
    { code: "objectiveBurns", data: { ...burning, wanted: 16, cap: 15, capacity: 15 } },
    "The error budget of 0.1 % burns at 12 times its pace, above 6: from the 10 that serve to 16 units, and at most 15.",
  ],
  [
    { code: "objectiveWaits", data: { ...burning, until: NOON + 60 } },
    "The error budget of 0.1 % burns at 12 times its pace, above 6, and the units of the last raise are still starting, until 2026-01-01 12:01:00Z.",
  ],
  [
    { code: "scalingDoesNotHelp", data: { ...burning, raises: 2 } },
    "The error budget of 0.1 % burns at 12 times its pace, above 6, and 2 raises have not slowed it down: it is not capacity that is missing.",
  ],
  [
    { code: "noMinimum", data: {} },
    "Floor mode moves the resource's own minimum, and the resource has none now. Nothing is changed.",
  ],
  [
    { code: "fallback", data: { capacity: 12, blindSince: NOON, after: 600 } },
    "Nothing could be seen since 2026-01-01 12:00:00Z, longer than 10 min: at least the fallback of 12 units.",
  ],
  [
    { code: "restoring", data: { from: 1, to: 12, times: 0 } },
    "Somebody set 1; back to 12, for the first time within an hour.",
  ],
  [
    { code: "restoredOften", data: { to: 1 } },
    "Somebody set 1 again after it was set back as often as may be within an hour: it is taken as it is.",
  ],
  [
    { code: "foreignHeld", data: { capacity: 12, from: 12, to: 1, at: NOON, until: NOON + 900 } },
    "Somebody set 1 instead of 12 at 2026-01-01 12:00:00Z: it is left alone until 2026-01-01 12:15:00Z, so not 12.",
  ],
  [{ code: "interlockIn", data: held }, "No lowering to 4 since 2026-01-01 12:00:00Z (drill): failover of eu-west-1."],
  [
    { code: "interlockOut", data: { ...held, interlock: "database-lag", why: "orders lags", capacity: 20 } },
    "No raising to 20 since 2026-01-01 12:00:00Z (database-lag): orders lags.",
  ],
  [{ code: "protectedUnits", data: { capacity: 2, busy: 3 } }, "3 units are protected while busy, so not 2."],
  [
    { code: "flapping", data: { capacity: 5, kept: 7, policy: "step" } },
    "With 5, step would ask for more at once: not below 7.",
  ],
  [
    { code: "budgetSpent", data: { capacity: 12, spent: 101, budget: 100, per: 86_400 } },
    "101 of 100 were spent within 24 h: no raise to 12.",
  ],
  [
    { code: "burningBudget", data: { capacity: 50, most: 20, budget: 100, per: 86_400 } },
    "50 units would use up 100 for 24 h too fast: 20 at most.",
  ],
  [{ code: "belowResourceMin", data: { capacity: 1, min: 2 } }, "The resource's own minimum is 2 units, so not 1."],
  [{ code: "atResourceMax", data: { capacity: 50, max: 40 } }, "The resource's own maximum is 40 units, so not 50."],
  [{ code: "belowMin", data: { capacity: 1, min: 2 } }, "The minimum is 2 units, so not 1."],
  [{ code: "atMax", data: { capacity: 50, max: 40 } }, "The maximum is 40 units, so not 50."],
  [
    { code: "aboveMax", data: { desired: 60, max: 40, capacity: 54 } },
    "60 units are set and the maximum is 40: down to 54 now, as fast as the rate allows.",
  ],
  [
    { code: "observing", data: { recommended: 12 } },
    "In observe mode Headroom only says what it would do: set 12 units.",
  ],
  [
    { code: "rivalsUnknown", data: { recommended: 4 } },
    "Whether anything else may lower this could not be found out, so it is not lowered to 4 units.",
  ],
  [
    { code: "rivalMayLower", data: { rivals: ['target tracking policy "cpu"'], recommended: 12 } },
    'Control waits while something else may lower this: target tracking policy "cpu". It would set 12 units.',
  ],
];

describe("the sentence of", () => {
  it.each(examples.map(([reason, says]) => ({ code: reason.code, reason, says })))("$code", ({ reason, says }) => {
    expect(sentence(reason)).toBe(says);
  });
});

it.each<{ reason: Reason; says: string }>([
  {
    reason: { code: "aboveTarget", data: { ...tracked, desired: 1, capacity: 6 } },
    says: "6 units are needed and 1 is set.",
  },
  {
    reason: { code: "withinTolerance", data: { ...tracked, desired: 1, tolerance: 0.1 } },
    says: "of the 1 that is set.",
  },
])("one unit is set, several are: $says", ({ reason, says }) => {
  expect(sentence(reason)).toContain(says);
});

it("every reason has an example here", () => {
  expect([...new Set(examples.map(([{ code }]) => code))].sort()).toEqual(Object.keys(sentences).sort());
});

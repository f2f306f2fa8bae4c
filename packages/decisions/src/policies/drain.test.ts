import { describe, expect, it } from "vitest";
import { NOON } from "../../../../test/builders/decisions.ts";
import { drainRate, type Flow, secondsToDrain, unitsToDrain } from "./drain.ts";

/** An empty queue, 1 s a message, one at a time, 600 s left and no start-up. */
function flow(changes: Partial<Flow> = {}): Flow {
  return {
    ...{ now: NOON, visible: 0, inFlight: 0, falling: 0, arrivals: 0, secondsPerMessage: 1, concurrency: 1 },
    ...{ ready: 0, tick: 60, warmUp: 0, drainBy: NOON + 600 },
    ...changes,
  };
}

describe("units = ceil(S × (λ + B′ ÷ r) ÷ c)", () => {
  it.each<{ what: string; given: Partial<Flow>; units: number }>([
    { what: "nothing to do needs nobody", given: {}, units: 0 },
    { what: "one message wakes one worker", given: { visible: 1 }, units: 1 },
    { what: "so does one that falls due", given: { falling: 1 }, units: 1 },
    { what: "however little work they are", given: { visible: 1, falling: 1, secondsPerMessage: 1e-9 }, units: 1 },
    { what: "or one in flight", given: { inFlight: 1 }, units: 1 },
    { what: "or one that arrives now and then", given: { arrivals: 1e-12 }, units: 1 },
    { what: "Little's law: 5 a second at 2 s", given: { arrivals: 5, secondsPerMessage: 2, ready: 10 }, units: 10 },
    { what: "4 at a time: 10 ÷ 4", given: { arrivals: 5, secondsPerMessage: 2, concurrency: 4, ready: 3 }, units: 3 },
    { what: "a backlog over the time left: 1500 ÷ 600", given: { visible: 1500 }, units: 3 },
    { what: "exactly: 1200 ÷ 600", given: { visible: 1200 }, units: 2 },
    { what: "delayed ones count too: (600 + 600) ÷ 600", given: { visible: 600, falling: 600 }, units: 2 },
    { what: "in flight ones are being worked on", given: { visible: 600, inFlight: 600 }, units: 1 },
    {
      what: "both: 2 × (5 + 1200 ÷ 600)",
      given: { visible: 1200, arrivals: 5, secondsPerMessage: 2, ready: 99 },
      units: 14,
    },
    { what: "start-up shortens the time left: 1200 ÷ (600 − 200)", given: { visible: 1200, warmUp: 200 }, units: 3 },
    {
      what: "what comes meanwhile and is not worked off grows it: 10 + (240 + (10 − 4) × 60) ÷ 600",
      given: { visible: 240, arrivals: 10, ready: 4, warmUp: 60, drainBy: NOON + 660 },
      units: 11,
    },
    {
      what: "what is worked off meanwhile does not shrink it: 1 + 600 ÷ 600",
      given: { visible: 600, arrivals: 1, ready: 99, warmUp: 60, drainBy: NOON + 660 },
      units: 2,
    },
    { what: "a deadline that passed leaves a tick: 600 ÷ 60", given: { visible: 600, drainBy: NOON - 5 }, units: 10 },
    { what: "so does one that start-up uses up", given: { visible: 600, warmUp: 600 }, units: 10 },
    { what: "and one that is nearer than a tick", given: { visible: 600, drainBy: NOON + 59 }, units: 10 },
    { what: "a tick later there is a tick left", given: { visible: 610, drainBy: NOON + 61 }, units: 10 },
    { what: "3 thousand million messages", given: { visible: 3e9, secondsPerMessage: 600 }, units: 3e9 },
    {
      what: "more than can be counted",
      given: { visible: 1e308, secondsPerMessage: 1e9 },
      units: Number.MAX_SAFE_INTEGER,
    },
  ])("$what", ({ given, units }) => {
    expect(unitsToDrain(flow(given))).toBe(units);
  });
});

it("the drain rate is what the ready units work off in a second", () => {
  expect(drainRate({ ready: 6, concurrency: 5, secondsPerMessage: 1.5 })).toBe(20);
  expect(drainRate({ ready: 0, concurrency: 5, secondsPerMessage: 1.5 })).toBe(0);
});

describe("the time until a backlog is gone", () => {
  it.each<{ what: string; given: Partial<Flow>; units: number; seconds: number }>([
    { what: "is 0 without one", given: { arrivals: 99 }, units: 0, seconds: 0 },
    {
      what: "is the backlog over what is spare",
      given: { visible: 300, falling: 300, arrivals: 4 },
      units: 10,
      seconds: 100,
    },
    {
      what: "counts with the units that are to be, not those that serve",
      given: { visible: 600, ready: 50 },
      units: 2,
      seconds: 300,
    },
    { what: "is long when little is spare", given: { visible: 10, arrivals: 9.5 }, units: 10, seconds: 20 },
    {
      what: "never comes when nothing is spare",
      given: { visible: 1, arrivals: 10 },
      units: 10,
      seconds: Number.POSITIVE_INFINITY,
    },
    { what: "nor without units", given: { visible: 1 }, units: 0, seconds: Number.POSITIVE_INFINITY },
  ])("$what", ({ given, units, seconds }) => {
    expect(secondsToDrain(flow(given), units)).toBe(seconds);
  });
});

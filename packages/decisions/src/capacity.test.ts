import { describe, expect, it } from "vitest";
import { action, look, looks, MINUTE, NOON, remembered } from "../../../test/builders/decisions.ts";
import { capacityDuring, foreignWrite, knownSince, saturated, wholeUnits } from "./capacity.ts";

const MOST = Number.MAX_SAFE_INTEGER;

describe("wholeUnits", () => {
  it.each([
    { needed: 0, units: 0 },
    { needed: 1e-12, units: 0 },
    { needed: 1e-6, units: 1 },
    { needed: 2, units: 2 },
    { needed: 2.0000000001, units: 2 },
    { needed: 2.000001, units: 3 },
    { needed: 2.999999, units: 3 },
    { needed: 0.7 / 0.1, units: 7 },
    { needed: 1.1 / 0.1, units: 11 },
    { needed: -3, units: 0 },
    { needed: -0.5, units: 0 },
    { needed: Number.NEGATIVE_INFINITY, units: 0 },
    { needed: 3e9 / 0.1, units: 3e10 },
    { needed: 1e300, units: MOST },
    { needed: Number.POSITIVE_INFINITY, units: MOST },
  ])("covers $needed with $units", ({ needed, units }) => {
    expect(wholeUnits(needed)).toBe(units);
  });
});

describe("saturated", () => {
  it.each([
    [0.5, 0.5],
    [MOST, MOST],
    [Number.POSITIVE_INFINITY, MOST],
  ])("makes %d into %d, which times 0 is still 0", (quotient, most) => {
    expect(saturated(quotient)).toBe(most);
    expect(saturated(quotient) * 0).toBe(0);
  });
});

describe("knownSince", () => {
  it.each([
    { what: "nothing is known without a look", at: [], since: NOON },
    { what: "a look is known for 2½ ticks", at: [NOON - 150], since: NOON - 150 },
    { what: "and no longer", at: [NOON - 151], since: NOON },
    { what: "looks without a gap reach back to the first", at: [NOON - 180, NOON - 120, NOON - 60], since: NOON - 180 },
    { what: "one missed look is no gap", at: [NOON - 180, NOON - 60], since: NOON - 180 },
    { what: "two and a half ticks between looks are none", at: [NOON - 200, NOON - 50], since: NOON - 200 },
    { what: "what lies before a gap does not count", at: [NOON - 400, NOON - 120, NOON - 60], since: NOON - 120 },
  ])("$what", ({ at, since }) => {
    const ring = at.map((each) => look(each, 5));
    expect(knownSince(ring, NOON, MINUTE)).toBe(since);
  });

  it("measures gaps in ticks", () => {
    const ring = [look(NOON - 26, 5), look(NOON - 20, 5)];
    expect(knownSince(ring, NOON, 8)).toBe(NOON - 26);
    expect(knownSince(ring, NOON, 7)).toBe(NOON);
  });
});

describe("capacityDuring", () => {
  const during = (ring: Parameters<typeof capacityDuring>[0], from: number, to = from + MINUTE) =>
    capacityDuring(ring, { from, to, tick: MINUTE });

  it("is what was seen while nothing changed", () => {
    expect(during(looks([4, 4, 4]), NOON - 120)).toEqual({ ready: 4, running: 4 });
  });

  it("counts the fewest ready and the most running units of a period in which capacity changed", () => {
    const up = [look(NOON - 60, 2), look(NOON, 10)];
    const down = [look(NOON - 60, 10), look(NOON, 2)];
    expect(during(up, NOON - 60)).toEqual({ ready: 2, running: 10 });
    expect(during(down, NOON - 60)).toEqual({ ready: 2, running: 10 });
  });

  it("has the mean of the ready units over time", () => {
    const ring = [look(NOON - 60, 2), look(NOON - 45, 6), look(NOON - 15, 6), look(NOON, 6)];
    expect(during(ring, NOON - 60)).toEqual({ ready: (2 * 15 + 6 * 45) / 60, running: 6 });
  });

  it("counts only what lies within the period", () => {
    const ring = [look(NOON - 90, 9), look(NOON - 70, 3), look(NOON - 30, 3), look(NOON + 30, 3), look(NOON + 60, 9)];
    expect(during(ring, NOON - 60)).toEqual({ ready: 3, running: 3 });
  });

  it("counts no units that were there only before it or came only after the look behind it", () => {
    const ring = [look(NOON - 120, 9), look(NOON - 60, 3), look(NOON, 3), look(NOON + 60, 9)];
    expect(during(ring, NOON - 60)).toEqual({ ready: 3, running: 3 });
  });

  it("takes the last of several looks at the beginning, and the next one after the end", () => {
    const ring = [look(NOON - 60, 8), look(NOON - 60, 4), look(NOON + 20, 6)];
    expect(during(ring, NOON - 60)).toEqual({ ready: 4, running: 6 });
  });

  it("takes the last look as true until the end", () => {
    expect(during([look(NOON - 60, 5, { ready: 3 })], NOON - 60)).toEqual({ ready: 3, running: 5 });
  });

  it.each([
    { what: "without looks", at: [] },
    { what: "when the first look came after it began", at: [NOON - 59, NOON] },
    { what: "when the last look is older than 2½ ticks at its end", at: [NOON - 151] },
    { what: "when there is a gap within it", at: [NOON - 155, NOON - 154, NOON + 10] },
  ])("is not known $what", ({ at }) => {
    expect(
      during(
        at.map((each) => look(each, 5)),
        NOON - 60,
      ),
    ).toBeUndefined();
  });

  it("is known up to 2½ ticks after a look", () => {
    expect(during([look(NOON - 150, 5)], NOON - 60)).toEqual({ ready: 5, running: 5 });
    expect(during([look(NOON - 300, 5), look(NOON - 150, 5)], NOON - 300, NOON)).toEqual({ ready: 5, running: 5 });
    expect(during([look(NOON - 300, 5), look(NOON - 149, 5)], NOON - 300, NOON)).toBeUndefined();
  });
});

describe("foreignWrite", () => {
  const ring = [look(NOON - 120, 4), look(NOON - 60, 6)];

  it.each([
    { what: "the first look knows of nobody else", ring: [], actions: [], desired: 9, from: undefined },
    { what: "what was seen last is expected", ring, actions: [], desired: 6, from: undefined },
    { what: "anything else was written by somebody", ring, actions: [], desired: 5, from: 6 },
    {
      what: "what we set at the last look is expected",
      ring,
      actions: [action(NOON - 60, 6, 8)],
      desired: 8,
      from: undefined,
    },
    {
      what: "not having it any more is somebody's doing",
      ring,
      actions: [action(NOON - 60, 6, 8)],
      desired: 6,
      from: 8,
    },
    {
      what: "the last of several changes counts",
      ring,
      actions: [action(NOON - 60, 6, 9, "foreign"), action(NOON - 30, 9, 7)],
      desired: 7,
      from: undefined,
    },
    {
      what: "what was set before the last look is over",
      ring,
      actions: [action(NOON - 120, 4, 8)],
      desired: 6,
      from: undefined,
    },
  ])("$what", ({ ring: seen, actions, desired, from }) => {
    const foreign = from === undefined ? undefined : action(NOON, from, desired, "foreign");
    expect(foreignWrite(remembered({ ring: seen, actions }), desired, NOON)).toEqual(foreign);
  });
});

import { describe, expect, it } from "vitest";
import { limiting, look, looks, MINUTE, NOON, remembered, settings } from "../../../../test/builders/decisions.ts";
import type { Moment } from "../model.ts";
import { stabilisation } from "./stabilisation.ts";

type Window = Parameters<typeof settings>[0];

/** What a limit makes of `capacity` with 10 units set, after proposals in each of the minutes before. */
function after(window: NonNullable<Window>["stabilisation"], proposals: readonly (number | null)[], capacity: number) {
  const ring = proposals.map((proposal, index) => look(NOON - (proposals.length - index) * MINUTE, 10, { proposal }));
  return limited(window, ring, capacity);
}

function limited(window: NonNullable<Window>["stabilisation"], ring: Moment[], capacity: number) {
  return stabilisation(
    capacity,
    limiting({ settings: settings({ stabilisation: window }), memory: remembered({ ring }) }),
  );
}

describe("lowering", () => {
  const window = { in: "5m" as const };
  it.each<{ what: string; before: (number | null)[]; to: number | undefined }>([
    { what: "goes to the highest proposal of the window", before: [4, 7, 6, 5, 4], to: 7 },
    { what: "goes where it wants when nothing higher was proposed", before: [4, 4, 4, 4, 4], to: undefined },
    { what: "goes where it wants when the same was proposed", before: [4, 4, 5, 4, 4], to: undefined },
    { what: "goes no higher than what is set", before: [4, 15, 6, 5, 4], to: 10 },
    { what: "forgets what was proposed before the window", before: [9, 4, 4, 4, 4, 4], to: undefined },
    { what: "remembers what was proposed when it began", before: [9, 4, 4, 4, 4], to: 9 },
    { what: "takes a look that saw nothing for what was set then", before: [4, 4, null, 4, 4], to: 10 },
  ])("$what", ({ before, to }) => {
    expect(after(window, before, 5)?.capacity).toBe(to);
  });

  it("names the newest of the highest", () => {
    expect(after(window, [7, 6, 7, 5, 4], 5)?.reason).toEqual({
      code: "stabilisingIn",
      data: { window: 300, capacity: 5, highest: 7, at: NOON - 180 },
    });
  });

  it("does not count the same tick, nor one of the future", () => {
    const ring = [...looks([10, 10, 10, 10, 10], { proposal: 5 }), look(NOON, 9), look(NOON + 60, 9)];
    expect(limited(window, ring, 5)).toBeUndefined();
  });

  it.each([
    { what: "before anything is remembered", at: [], knownFor: 0 },
    { what: "before the window is full", at: [-240, -180, -120, -60], knownFor: 240 },
    { what: "a second before it is full", at: [-299, -180, -120, -60], knownFor: 299 },
    { what: "with a gap in it", at: [-360, -300, -120, -60], knownFor: 120 },
    { what: "after a gap", at: [-480, -420, -360, -300, -151], knownFor: 0 },
  ])("waits $what", ({ at, knownFor }) => {
    const ring = at.map((each) => look(NOON + each, 10, { proposal: 5 }));
    expect(limited(window, ring, 5)).toEqual({
      capacity: 10,
      reason: { code: "memoryTooShort", data: { known: knownFor, window: 300, capacity: 5 } },
    });
  });

  it("does not wait for a window that it has not got", () => {
    expect(limited({ in: "0s" }, [], 5)).toBeUndefined();
  });

  it("is not held by the window for raising", () => {
    expect(after({ in: "0s", out: "5m" }, [9, 9, 9, 9, 9], 5)).toBeUndefined();
  });
});

describe("lowering to zero", () => {
  const looked = (proposals: (number | null)[], seconds: number) =>
    proposals.map((proposal, index) => look(NOON - (proposals.length - index) * seconds, 10, { proposal }));
  const zero = { settings: settings({ min: 0, stabilisation: { in: "0s" } }) };
  const to = (ring: Moment[], changes = {}, capacity = 0) =>
    stabilisation(capacity, limiting({ ...zero, memory: remembered({ ring }), ...changes }))?.capacity;

  it("needs a minute in which nothing else was proposed, whatever the window", () => {
    expect(to(looked([0], MINUTE))).toBeUndefined();
    expect(to(looked([3], MINUTE))).toBe(3);
    expect(to([])).toBe(10);
    expect(to(looked([4, 0, 0, 0, 0, 0], 10), { tick: 10 })).toBe(4);
    expect(to(looked([4, 0, 0, 0, 0, 0, 0], 10), { tick: 10 })).toBeUndefined();
  });

  it("is another matter where the minimum is more, or one unit stays", () => {
    expect(to([], { settings: settings({ min: 1, stabilisation: { in: "0s" } }) })).toBeUndefined();
    expect(to([], {}, 1)).toBeUndefined();
  });
});

describe("raising", () => {
  const window = { in: "0s" as const, out: "3m" as const };
  it.each<{ what: string; before: (number | null)[]; to: number | undefined }>([
    { what: "goes to the lowest proposal of the window", before: [30, 12, 20], to: 12 },
    { what: "goes where it wants when nothing lower was proposed", before: [30, 20, 20], to: undefined },
    { what: "goes no lower than what is set", before: [4, 30, 20], to: 10 },
    { what: "forgets what was proposed before the window", before: [4, 20, 20, 20], to: undefined },
    { what: "remembers what was proposed when it began", before: [11, 20, 20], to: 11 },
    { what: "takes a look that saw nothing for what was set then", before: [20, null, 20], to: 10 },
    { what: "waits until the window is full", before: [20, 20], to: 10 },
  ])("$what", ({ before, to }) => {
    expect(after(window, before, 20)?.capacity).toBe(to);
  });

  it("names the newest of the lowest", () => {
    expect(after(window, [12, 12, 30], 20)?.reason).toEqual({
      code: "stabilisingOut",
      data: { window: 180, capacity: 20, lowest: 12, at: NOON - 120 },
    });
    expect(after(window, [], 20)?.reason).toEqual({
      code: "stabilisingOut",
      data: { window: 180, capacity: 20, lowest: 10, at: NOON },
    });
  });

  it("is immediate without a window, whatever is remembered", () => {
    expect(limited({ in: "5m" }, [], 20)).toBeUndefined();
  });
});

it("what is set already is not held", () => {
  expect(limited({ in: "5m", out: "5m" }, [], 10)).toBeUndefined();
});

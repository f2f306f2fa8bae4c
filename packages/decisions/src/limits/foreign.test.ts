import { describe, expect, it } from "vitest";
import { action, limiting, MINUTE, NOON, remembered, settings } from "../../../../test/builders/decisions.ts";
import type { Action } from "../model.ts";
import { foreignHold, foreignRestore, restoresWithinHour } from "./foreign.ts";

/** Somebody set 1 instead of 12, just now or then. */
const dropped = (at = NOON) => action(at, 12, 1, "foreign");
/** Somebody set 1, and we set it back. */
const restoredAt = (at: number): Action[] => [dropped(at), action(at, 1, 12)];

const restoring = settings({ foreignWrites: { policy: "restore" } });
const holding = settings({ foreignWrites: { policy: "hold", duration: "10m" } });

const after = (actions: Action[], given = restoring) =>
  limiting({ settings: given, desired: 1, memory: remembered({ actions }) });

describe("a foreign write that is to be set back", () => {
  it("is, to what is asked for where that is more", () => {
    expect(foreignRestore(15, after([dropped()]))).toMatchObject({ capacity: 15, unpaced: true });
  });

  it("is to what there was before the first of several writes", () => {
    const twice = [dropped(NOON - MINUTE), action(NOON, 1, 3, "foreign")];
    const context = limiting({ settings: restoring, desired: 3, memory: remembered({ actions: twice }) });
    expect(foreignRestore(3, context)?.capacity).toBe(12);
    const ours = [action(NOON - 300, 5, 12), action(NOON - MINUTE, 12, 1, "foreign")];
    expect(foreignRestore(1, after(ours))?.capacity).toBe(12);
  });

  it("is not lowered to what there was while as much as they set is asked for, or nothing can be seen", () => {
    const raised = [action(NOON, 10, 18, "foreign")];
    const context = limiting({ settings: restoring, desired: 18, memory: remembered({ actions: raised }) });
    expect(foreignRestore(18, context)).toBeUndefined();
    expect(foreignRestore(14, context)?.capacity).toBe(14);
    expect(foreignRestore(4, context)?.capacity).toBe(10);
  });

  it("is, whatever is asked for, and has nothing to do with the pace of our own scaling", () => {
    expect(foreignRestore(5, after([dropped()]))).toEqual({
      capacity: 12,
      reason: { code: "restoring", data: { from: 1, to: 12, times: 0 } },
      unpaced: true,
    });
  });

  it.each<{ what: string; actions: Action[]; to: number | undefined }>([
    { what: "a second time within an hour", actions: [...restoredAt(NOON - 600), dropped()], to: 12 },
    {
      what: "after those of the last hour",
      actions: [...restoredAt(NOON - 3600), ...restoredAt(NOON - 600), dropped()],
      to: 12,
    },
    { what: "two ticks later, when it could not be done at once", actions: [dropped(NOON - 2 * MINUTE)], to: 12 },
    { what: "but not much later", actions: [dropped(NOON - 3 * MINUTE)], to: undefined },
    {
      what: "but not when something was done since",
      actions: [dropped(NOON - MINUTE), action(NOON - 30, 1, 1)],
      to: undefined,
    },
    {
      what: "but not when something else is set by now",
      actions: [action(NOON - MINUTE, 12, 3, "foreign")],
      to: undefined,
    },
    { what: "but nothing of our own", actions: [action(NOON, 12, 1)], to: undefined },
    { what: "but nothing where there was none", actions: [], to: undefined },
  ])("$what", ({ actions, to }) => {
    expect(foreignRestore(5, after(actions))?.capacity).toBe(to);
  });

  it("is taken as it is after two in an hour, and that is said once", () => {
    const war = [...restoredAt(NOON - 900), ...restoredAt(NOON - 600)];
    expect(foreignRestore(5, after([...war, dropped()]))).toEqual({
      capacity: 5,
      reason: { code: "restoredOften", data: { to: 1 } },
    });
    expect(foreignRestore(5, after([...war, dropped(NOON - MINUTE)]))).toBeUndefined();
  });

  it("may be set back once only, where that is said", () => {
    const once = settings({ foreignWrites: { policy: "restore", atMostPerHour: 1 } });
    expect(foreignRestore(5, after([...restoredAt(NOON - 600), dropped()], once))?.reason.code).toBe("restoredOften");
  });

  it("is adopted by default", () => {
    expect(foreignRestore(5, after([dropped()], settings()))).toBeUndefined();
    expect(foreignHold(5, after([dropped()], settings()))).toBeUndefined();
  });
});

describe("a restore", () => {
  it.each<{ what: string; actions: Action[]; count: number }>([
    { what: "is a write of ours from what they set to what was there", actions: restoredAt(NOON - 60), count: 1 },
    { what: "may go further than that", actions: [dropped(NOON - 90), action(NOON - 60, 1, 14)], count: 1 },
    {
      what: "is not a write of ours from elsewhere",
      actions: [dropped(NOON - 90), action(NOON - 60, 2, 12)],
      count: 0,
    },
    { what: "is not one of long after", actions: [dropped(NOON - 300), action(NOON - 60, 1, 12)], count: 0 },
    {
      what: "is not a write back of theirs",
      actions: [dropped(NOON - 90), action(NOON - 60, 1, 12, "foreign")],
      count: 0,
    },
    {
      what: "is not one without a foreign write",
      actions: [action(NOON - 90, 12, 1), action(NOON - 60, 1, 12)],
      count: 0,
    },
    { what: "counts for an hour", actions: [...restoredAt(NOON - 3600), ...restoredAt(NOON - 3599)], count: 1 },
  ])("$what", ({ actions, count }) => {
    expect(restoresWithinHour({ memory: remembered({ actions }), at: NOON, tick: MINUTE })).toBe(count);
  });
});

describe("a foreign write that is to be left alone", () => {
  it.each([
    { what: "keeps from lowering", to: 1, desired: 5, at: NOON, is: 5 },
    { what: "keeps from raising", to: 9, desired: 5, at: NOON, is: 5 },
    { what: "does so until its time is over", to: 9, desired: 5, at: NOON - 599, is: 5 },
    { what: "does so no longer", to: 9, desired: 5, at: NOON - 600, is: undefined },
    { what: "says nothing where nothing is asked", to: 5, desired: 5, at: NOON, is: undefined },
  ])("$what", ({ to, desired, at, is }) => {
    const memory = remembered({ actions: [dropped(at)] });
    expect(foreignHold(to, limiting({ settings: holding, desired, memory }))?.capacity).toBe(is);
  });

  it("is named, and is the newest of them", () => {
    const actions = [dropped(NOON - 300), action(NOON - 200, 1, 4, "foreign"), action(NOON - 100, 4, 5)];
    const context = limiting({ settings: holding, desired: 5, memory: remembered({ actions }) });
    expect(foreignHold(9, context)?.reason).toEqual({
      code: "foreignHeld",
      data: { capacity: 9, from: 1, to: 4, at: NOON - 200, until: NOON + 400 },
    });
  });

  it("has no say where there was none", () => {
    expect(
      foreignHold(
        9,
        limiting({ settings: holding, desired: 5, memory: remembered({ actions: [action(NOON, 1, 5)] }) }),
      ),
    ).toBeUndefined();
  });
});

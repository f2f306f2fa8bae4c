import type { CapacityAnswer } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { action, capacity, NOON } from "../../../test/builders/decisions.ts";
import { CLAIM_SECONDS, resolve } from "./claims.ts";
import { TICK_SECONDS } from "./tick.ts";

const claim = { at: NOON, sets: "capacity" as const, from: 10, to: 15, until: NOON + 30 };
const before = [action(NOON - 600, 8, 10)];
const row = { target: "web", at: NOON, claim, actions: before };
const failed: CapacityAnswer = { is: "failed", why: "throttled" };

describe("a claim that nobody settled", () => {
  it.each([
    {
      found: capacity(15),
      outcome: { is: "done", at: NOON + 30 },
      actions: [...before, { ...action(NOON + 30, 10, 15), decidedAt: NOON }],
    },
    { found: capacity(10), outcome: { is: "notDone", why: "the tick died before the change" }, actions: before },
    { found: capacity(12), outcome: { is: "notDone", why: "somebody else set 12" }, actions: before },
  ])("is told from the capacity: $found.desired means $outcome.is", ({ found, outcome, actions }) => {
    expect(resolve(row, claim, found)).toEqual({ claim, outcome, actions });
  });

  it("cannot be told without it", () => {
    expect(resolve(row, claim, failed)).toBeUndefined();
  });

  it("is found by the next tick: it ends before that begins", () => {
    expect(CLAIM_SECONDS).toBeLessThan(TICK_SECONDS);
  });
});

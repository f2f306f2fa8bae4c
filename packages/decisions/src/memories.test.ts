import { describe, expect, test } from "vitest";
import { Invalid } from "./errors.ts";
import { decodeMemories, encodeMemories } from "./memories.ts";
import { type Memory, nothingRemembered } from "./model.ts";

describe("memories as JSON", () => {
  test("come back as they were, their rings by columns on the way", () => {
    const memory: Memory = {
      ring: [
        { at: 60, proposal: null, desired: 1, running: 2, ready: 3 },
        { at: 120, proposal: 4, desired: 5, running: 6, ready: 7 },
      ],
      actions: [{ at: 90, from: 1, to: 5, by: "foreign" }],
      drainBy: { orders: 300 },
      boosts: { objective: [{ at: 60, burn: 8, base: 1, made: true }] },
      interlocks: { deployment: 30 },
      trustedAt: 120,
      blockedSince: null,
      raisedMax: { max: 70, until: 900 },
      usage: [{ from: 0, unitSeconds: 120 }],
      waitingSince: 110,
      standings: {},
      told: { blocked: 20 },
      troubles: { "change-not-made": 20 },
      recorded: { at: 60, code: "atMax" },
    };
    const encoded = encodeMemories({ web: memory, idle: nothingRemembered });
    expect(encoded.web?.ring).toEqual({
      ...{ at: [60, 120], proposal: [null, 4], desired: [1, 5], running: [2, 6], ready: [3, 7] },
    });
    expect(decodeMemories(encoded)).toEqual({ web: memory, idle: nothingRemembered });
  });

  test("of before what exceeds a forecast by far was counted can be read", () => {
    const tally = { seconds: 60, covered: 60, error: 1, naiveError: 2, load: 3 };
    const standing = { is: "trusted" as const, why: null, of: "load", since: 0, at: 60, level: 0.9 };
    const encoded = encodeMemories({ web: nothingRemembered });
    const old = { ...encoded.web, standings: { predictive: { ...standing, hour: tally, day: tally } } };
    expect(decodeMemories({ web: old }).web?.standings.predictive?.hour).toEqual({ ...tally, exceeded: 0 });
  });

  test("cannot carry what JSON cannot", () => {
    const wrong = { web: { ...nothingRemembered, drainBy: { orders: Number.NaN } } };
    expect(() => encodeMemories(wrong)).toThrow(Invalid);
    expect(() => encodeMemories(wrong)).toThrow(/web\.drainBy\.orders/);
  });

  const ring = { at: [60], proposal: [null], desired: [1], running: [1], ready: [1] };
  test.each([
    ["a column that is too short", { ...ring, ready: [] }],
    ["a column that is too long", { ...ring, proposal: [null, 1] }],
    ["a missing column", { ...ring, ready: undefined }],
    ["a fraction of a unit", { ...ring, desired: [1.5] }],
    ["moments one by one", [{ at: 60, proposal: null, desired: 1, running: 1, ready: 1 }]],
  ])("%s is refused, with the place", (_, wrong) => {
    expect(() => decodeMemories({ web: { ...nothingRemembered, ring: wrong } })).toThrow(Invalid);
    expect(() => decodeMemories({ web: { ...nothingRemembered, ring: wrong } })).toThrow(/web\.ring/);
  });

  test("columns of different lengths are called that", () => {
    const wrong = { web: { ...nothingRemembered, ring: { ...ring, ready: [] } } };
    expect(() => decodeMemories(wrong)).toThrow("has columns of different lengths");
    expect(() => decodeMemories(null)).toThrow("The memory");
  });
});

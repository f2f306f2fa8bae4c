import { describe, expect, test } from "vitest";
import { Invalid } from "./errors.ts";
import { decodeMemories, encodeMemories } from "./memories.ts";
import { nothingRemembered } from "./model.ts";

describe("memories as JSON", () => {
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
});

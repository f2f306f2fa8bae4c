import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Invalid } from "./errors.ts";
import { decodeMemories, encodeMemories } from "./memories.ts";
import { type Memory, nothingRemembered } from "./model.ts";

const count = fc.nat(1000);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0); // JSON knows no -0
const moment = fc.record({
  at: finite,
  proposal: fc.option(count),
  desired: count,
  running: count,
  ready: count,
});
const byName = <T>(each: fc.Arbitrary<T>) => fc.dictionary(fc.string(), each, { noNullPrototype: true });
const memory: fc.Arbitrary<Memory> = fc.record({
  ring: fc.array(moment, { maxLength: 5 }),
  actions: fc.array(fc.record({ at: finite, from: count, to: count, by: fc.constantFrom("headroom", "foreign") })),
  drainBy: byName(finite),
  boosts: byName(fc.array(fc.record({ at: finite, burn: finite }), { maxLength: 2 })),
  interlocks: byName(finite),
  trustedAt: fc.option(finite),
  blockedSince: fc.option(finite),
  usage: fc.array(fc.record({ from: finite, unitSeconds: finite }), { maxLength: 3 }),
  waitingSince: fc.option(finite),
  told: byName(finite),
  recorded: fc.option(fc.record({ at: finite, code: fc.string() })),
});
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);

describe("memories as JSON", () => {
  test("any come back as they were", () => {
    const law = fc.property(fc.dictionary(id, memory, { noNullPrototype: true }), (targets) => {
      expect(decodeMemories(JSON.parse(JSON.stringify(encodeMemories(targets))))).toEqual(targets);
    });
    fc.assert(law, { seed: 1 });
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
});

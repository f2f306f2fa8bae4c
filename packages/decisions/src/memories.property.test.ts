import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMemories, encodeMemories } from "./memories.ts";
import type { Memory } from "./model.ts";

const count = fc.nat(1000);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0); // JSON knows no -0
const moment = fc.record({
  at: finite,
  proposal: fc.option(count),
  desired: count,
  running: count,
  ready: count,
});
/** Zod keeps no key of that name, and neither queues nor policies are called that. */
const name = fc.string().filter((each) => each !== "__proto__");
const byName = <T>(each: fc.Arbitrary<T>) => fc.dictionary(name, each, { noNullPrototype: true });
const tally = fc.record({
  seconds: finite,
  covered: finite,
  exceeded: finite,
  error: finite,
  naiveError: finite,
  load: finite,
});
const memory: fc.Arbitrary<Memory> = fc.record({
  ring: fc.array(moment, { maxLength: 5 }),
  actions: fc.array(fc.record({ at: finite, from: count, to: count, by: fc.constantFrom("headroom", "foreign") })),
  drainBy: byName(finite),
  boosts: byName(fc.array(fc.record({ at: finite, burn: finite, base: count, made: fc.boolean() }), { maxLength: 2 })),
  interlocks: byName(finite),
  trustedAt: fc.option(finite),
  blockedSince: fc.option(finite),
  raisedMax: fc.option(fc.record({ max: count, until: finite })),
  usage: fc.array(fc.record({ from: finite, unitSeconds: finite }), { maxLength: 3 }),
  waitingSince: fc.option(finite),
  standings: byName(
    fc.record({
      is: fc.constantFrom("trusted" as const, "probation" as const),
      why: fc.option(fc.string()),
      of: fc.string(),
      ...{ since: finite, at: finite, level: finite, hour: tally, day: tally },
    }),
  ),
  told: byName(finite),
  troubles: byName(finite),
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
});

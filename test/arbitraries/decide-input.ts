import { fc } from "@fast-check/vitest";
import type { DecideInput, Fact, Facts, Lease } from "@headroom/decisions/model";
import { MINUTE, NOON } from "../builders/decisions.ts";
import { type Asked, answersFor, questionsOf, untrusted } from "./answers.ts";
import { memoryBefore } from "./memories.ts";
import { few, optional, settings, units, without } from "./settings.ts";

// Ticks of all kinds: calm ones in which something may happen, and ones in which everything is odd.

function leaseNear(now: number): fc.Arbitrary<Lease> {
  const granted = {
    target: fc.constantFrom("web", "*", "api"),
    owner: fc.constant("ada"),
    reason: fc.constant("a test"),
    until: fc.integer({ min: now - 100, max: now + 1000 }),
  };
  return fc.oneof(
    fc.record({
      kind: fc.constant("pause" as const),
      direction: fc.constantFrom("both" as const, "in" as const, "out" as const),
      ...granted,
    }),
    fc.record({ kind: fc.constant("pin" as const), capacity: units, ...granted }),
    fc.record({ kind: fc.constant("limit" as const), min: units, ...granted }),
    fc.record({ kind: fc.constant("limit" as const), max: units, ...granted }),
    fc.record({ kind: fc.constant("limit" as const), min: units, max: units, ...granted }),
  );
}

const seen = fc.oneof(
  { weight: 12, arbitrary: few.map((desired) => ({ desired, running: desired, ready: desired })) },
  { weight: 5, arbitrary: fc.record({ desired: units, running: units, ready: units }) },
);
const capacityNow = fc
  .record({ is: fc.constant("capacity" as const), seen, minimum: few, maximum: optional(few), busy: optional(few) })
  .chain(({ seen: there, busy, ...rest }) =>
    optional(fc.boolean()).map((deploying) => without({ ...rest, ...there, deploying, protected: busy })),
  );

function factNear(now: number): fc.Arbitrary<Fact> {
  const earlier = fc.integer({ min: 0, max: 600 }).map((ago) => now - ago);
  return fc.record({ on: fc.boolean(), at: earlier, since: earlier, why: fc.constant("a test") });
}

/** What forecasts for up to two predictive policies say. */
function outlooksNear(now: number): fc.Arbitrary<DecideInput["outlooks"]> {
  const load = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(0, 1e-9, 1e300));
  const outlook = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(
        {
          ...{ ahead: load, soon: load, peak: load, probation: fc.constantFrom(null, null, "it missed") },
          present: fc.record({ load, said: load }),
        },
        { requiredKeys: ["ahead", "soon", "probation"] },
      ),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
  const told = outlook.map((found): DecideInput["outlooks"][string] => {
    if (found === undefined) return { is: "none", why: "the history is a day long" };
    return { is: "forecast", madeAt: now - 600, level: 0.9, from: now + 60, to: now + 180, ...found };
  });
  return fc.record({ predictive: told, "predictive 2": told }, { requiredKeys: [] });
}

function factsNear(now: number): fc.Arbitrary<Facts> {
  const fact = optional(factNear(now));
  return fc
    .record({ drill: fact, release: fact, brake: fact, orders: fact })
    .map(({ orders, ...rest }) => without({ ...rest, lagging: orders === undefined ? undefined : { orders } }));
}

/** Everything that `decide` may be asked, with the capacity known. */
export const seeingInput: fc.Arbitrary<DecideInput> = fc
  .record({
    settings,
    late: fc.integer({ min: -60, max: 90 }),
    tick: fc.constantFrom(10, MINUTE),
    capacity: capacityNow,
  })
  .chain(({ settings: given, late, tick, capacity }) => {
    const now = NOON + late;
    const queues = given.policies.flatMap((policy) => (policy.kind === "queue" ? [policy.queue] : []));
    const policies = given.policies.map(({ kind }) => kind);
    return fc.record({
      target: fc.constant("web"),
      at: fc.constant(NOON),
      now: fc.constant(now),
      tick: fc.constant(tick),
      settings: fc.constant(given),
      capacity: fc.constant({ ...capacity, at: now }),
      answers: answersFor(given, now),
      memory: memoryBefore({ at: NOON, tick }, { policies, queues }),
      leases: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Lease[]>([]) },
        { weight: 1, arbitrary: fc.array(leaseNear(now), { maxLength: 3 }) },
      ),
      outlooks: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: outlooksNear(now) }),
      facts: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: factsNear(now) }),
      named: fc.constantFrom([], [], [NOON - MINUTE]),
    });
  });

/** Everything that `decide` may be asked. */
export const anyInput: fc.Arbitrary<DecideInput> = fc.oneof(
  { weight: 20, arbitrary: seeingInput },
  {
    weight: 1,
    arbitrary: seeingInput.map((given) => ({ ...given, capacity: { is: "failed" as const, why: "Denied" } })),
  },
);

function replaced(given: DecideInput, asked: readonly Asked[]): fc.Arbitrary<DecideInput> {
  return fc.tuple(...asked.map((each) => untrusted(each, given.now))).map((answers) => {
    const all = { ...given.answers };
    for (const [index, answer] of answers.entries()) {
      const key = asked[index]?.key ?? "";
      if (answer === undefined) delete all[key];
      else all[key] = answer;
    }
    return { ...given, answers: all };
  });
}

/** A tick, and the same one with nothing that can be trusted of what one of its policies wants to know. */
export const withBlindPolicy: fc.Arbitrary<{ policy: number; input: DecideInput }> = seeingInput
  .chain((given) =>
    fc.nat({ max: given.settings.policies.length - 1 }).chain((policy) => {
      const asked = given.settings.policies.slice(policy, policy + 1).flatMap(questionsOf);
      return replaced(given, asked).map((input) => ({ policy, input }));
    }),
  )
  .filter(({ policy, input }) => input.settings.policies[policy]?.kind !== "schedule")
  .filter(({ policy, input }) => input.settings.policies[policy]?.kind !== "predictive");

/**
 * A tick, and the same one with less that can be trusted: of a policy that tracks a target nothing (with some of its
 * signals it would use the others), of a queue any of its answers.
 */
export const withLessData: fc.Arbitrary<{ more: DecideInput; less: DecideInput }> = seeingInput.chain((more) => {
  const choices = more.settings.policies.map((policy) =>
    policy.kind === "queue" ? fc.subarray(questionsOf(policy)) : fc.constantFrom([], questionsOf(policy)),
  );
  return fc
    .tuple(...choices)
    .chain((chosen) => replaced(more, chosen.flat()))
    .map((less) => ({ more, less }));
});

import { fc } from "@fast-check/vitest";
import type { Action, DecideInput, Lease, Memory, Moment } from "@headroom/decisions/model";
import { MINUTE, NOON } from "../builders/decisions.ts";
import { type Asked, answersFor, questionsOf, untrusted } from "./answers.ts";
import { few, settings, units } from "./settings.ts";

// Ticks of all kinds: calm ones in which something may happen, and ones in which everything is odd.

const look = fc.record({
  proposal: fc.oneof({ weight: 9, arbitrary: units }, { weight: 1, arbitrary: fc.constant(null) }),
  desired: units,
  running: units,
  ready: units,
});

/** Mostly enough for a window, sometimes too few. */
function many<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.array(arbitrary, { minLength: 8, maxLength: 20 }) },
    { weight: 1, arbitrary: fc.array(arbitrary, { maxLength: 4 }) },
  );
}

/** Looks every tick up to the last one, with the same capacity in all of them or another one in each. */
function ringBefore(at: number, tick: number): fc.Arbitrary<Moment[]> {
  const apart = fc.oneof({ weight: 9, arbitrary: fc.constant(tick) }, { weight: 1, arbitrary: fc.constant(4 * tick) });
  const steady = fc.tuple(look, many(apart)).map(([same, gaps]) => gaps.map((gap) => ({ gap, ...same })));
  const restless = many(fc.tuple(apart, look)).map((all) => all.map(([gap, each]) => ({ gap, ...each })));
  return fc.oneof({ weight: 2, arbitrary: steady }, { weight: 1, arbitrary: restless }).map((all) => {
    let time = at;
    return all
      .map(({ gap, ...each }) => {
        time -= gap;
        return { at: time, ...each };
      })
      .reverse();
  });
}

function actionsBefore(at: number): fc.Arbitrary<Action[]> {
  const ago = fc.integer({ min: 0, max: 900 });
  const by = fc.constantFrom("headroom" as const, "foreign" as const);
  return fc
    .array(fc.record({ at: ago.map((each) => at - each), from: few, to: few, by }), { maxLength: 3 })
    .map((actions) => actions.sort((a, b) => a.at - b.at));
}

function memoryBefore(at: number, tick: number, queues: readonly string[]): fc.Arbitrary<Memory> {
  return fc.record({
    ring: ringBefore(at, tick),
    actions: fc.oneof(fc.constant<Action[]>([]), actionsBefore(at)),
    drainBy: fc.oneof(
      fc.constant<Record<string, number>>({}),
      fc.integer({ min: -600, max: 1200 }).map((left) => Object.fromEntries(queues.map((queue) => [queue, at + left]))),
    ),
    recorded: fc.constant(null),
  });
}

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

const capacityNow = fc.oneof(
  { weight: 12, arbitrary: few.map((desired) => ({ desired, running: desired, ready: desired })) },
  { weight: 5, arbitrary: fc.record({ desired: units, running: units, ready: units }) },
);

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
    return fc.record({
      target: fc.constant("web"),
      at: fc.constant(NOON),
      now: fc.constant(now),
      tick: fc.constant(tick),
      settings: fc.constant(given),
      capacity: fc.constant({ is: "capacity" as const, at: now, ...capacity }),
      answers: answersFor(given, now),
      memory: memoryBefore(NOON, tick, queues),
      leases: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Lease[]>([]) },
        { weight: 1, arbitrary: fc.array(leaseNear(now), { maxLength: 3 }) },
      ),
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
export const withBlindPolicy: fc.Arbitrary<{ policy: number; input: DecideInput }> = seeingInput.chain((given) =>
  fc.nat({ max: given.settings.policies.length - 1 }).chain((policy) => {
    const asked = given.settings.policies.slice(policy, policy + 1).flatMap(questionsOf);
    return replaced(given, asked).map((input) => ({ policy, input }));
  }),
);

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

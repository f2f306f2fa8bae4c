import { fc } from "@fast-check/vitest";
import type { Action, Memory, Moment } from "@headroom/decisions/model";
import { few, units } from "./settings.ts";

// What may be remembered of a target.

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

/** What may be remembered of a target with these policies, by name, and queues. */
export function memoryBefore(
  { at, tick }: { at: number; tick: number },
  { policies, queues }: { policies: readonly string[]; queues: readonly string[] },
): fc.Arbitrary<Memory> {
  const earlier = fc.integer({ min: 0, max: 4000 }).map((ago) => at - ago);
  const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 1 });
  const each = <T>(names: readonly string[], arbitrary: fc.Arbitrary<T>) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant<Record<string, T>>({}) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(...names.map(() => arbitrary))
          .map((all) => Object.fromEntries(all.map((one, index) => [names[index] ?? "", one]))),
      },
    );
  return fc.record({
    ring: ringBefore(at, tick),
    actions: fc.oneof(fc.constant<Action[]>([]), actionsBefore(at)),
    drainBy: each(
      queues,
      fc.integer({ min: -600, max: 1200 }).map((left) => at + left),
    ),
    boosts: each(
      policies,
      fc.array(fc.record({ at: earlier, burn: fc.integer({ min: 1, max: 100 }), base: few, made: fc.boolean() }), {
        maxLength: 3,
      }),
    ),
    interlocks: each(["deployment", "retry-storm", "database-lag", "capacity-did-not-arrive"], earlier),
    trustedAt: sometimes(earlier),
    blockedSince: sometimes(earlier),
    raisedMax: sometimes(fc.record({ max: few, until: earlier })),
    usage: fc.array(fc.record({ from: earlier, unitSeconds: fc.nat({ max: 100_000 }) }), { maxLength: 3 }),
    waitingSince: sometimes(earlier),
    standings: fc.constant({}),
    told: each(["at-maximum"], earlier),
    troubles: each(["change-not-made"], earlier),
    recorded: fc.constant(null),
  });
}

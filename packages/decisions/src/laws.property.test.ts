import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { seeingInput } from "../../../test/arbitraries/decide-input.ts";
import { MINUTE, metric, settings } from "../../../test/builders/decisions.ts";
import { drive } from "../../../test/scenarios/drive.ts";
import type { TargetSettings } from "./config/settings.ts";
import { decide } from "./decide.ts";
import { interlocks } from "./interlocks/registry.ts";
import type { Action, DecideInput, Point, SignalAnswer, TickRecord } from "./model.ts";

// Laws over what goes on between ticks, and between ticks that differ in one thing.

const runs = { seed: 20_260_101, numRuns: 150 };

describe("more load", () => {
  type Policy = TargetSettings["policies"][number];

  /** The policy if it follows load, with signals of which every value is believed. */
  function following(policy: Policy): Policy[] {
    if (policy.kind === "queue") return [policy];
    if (policy.kind !== "target-tracking") return [];
    const signals = policy.signals.map(({ range, zeroWhile, ...signal }) => ({ ...signal, counter: false }));
    return [{ ...policy, signals }];
  }

  /** A tick of a target that follows load, and nothing that depends on errors or on having seen nothing. */
  const followers = seeingInput
    .map((input): DecideInput => {
      const { fallback, guards, ...given } = input.settings;
      return { ...input, settings: { ...given, guards: {}, policies: given.policies.flatMap(following) } };
    })
    .filter(({ settings: { policies } }) => policies.length > 0);

  /** Load is what metrics of load and arrivals say, and what is visible or delayed; the rest is how it is worked off. */
  function raised(key: string, answer: SignalAnswer, times: number): SignalAnswer {
    if (answer.is === "queue") return { ...answer, visible: answer.visible * times, delayed: answer.delayed * times };
    const isLoad = key.startsWith("App") || key.includes("NumberOfMessagesSent");
    if (answer.is === "failed" || !isLoad) return answer;
    const more = (value: Point["value"]) =>
      typeof value === "number" && value > 0 ? Math.min(Number.MAX_VALUE, value * times) : value;
    return { ...answer, points: answer.points.map((point) => ({ ...point, value: more(point.value) })) };
  }

  const resultOf = ({ decision }: TickRecord) =>
    decision.is === "scale" ? decision.to : (decision.recommended ?? decision.at ?? 0);

  const times = fc.oneof(
    fc.constant(1),
    fc.double({ min: 1, max: 1.5, noNaN: true }),
    fc.double({ min: 1, max: 100, noNaN: true }),
  );
  /** Each answer grows by itself. */
  const factors = fc.array(times, { minLength: 12, maxLength: 12 });
  test.prop([followers, factors], runs)("never gives less capacity", (less, each) => {
    const answers = Object.entries(less.answers).map(([key, answer], index) => [
      key,
      raised(key, answer, each[index] ?? 1),
    ]);
    const more: DecideInput = { ...less, answers: Object.fromEntries(answers) };
    const [few, many] = [decide(less), decide(more)];
    fc.pre(few.proposals.every(({ is }, index) => (is === "blind") === (many.proposals[index]?.is === "blind")));
    expect(many.combined).toBeGreaterThanOrEqual(few.combined ?? 0);
    expect(resultOf(many)).toBeGreaterThanOrEqual(resultOf(few));
  });
});

describe("a rate", () => {
  const load = fc.oneof(fc.integer({ min: 0, max: 800 }), fc.constant(null));
  /** A tick: the load it sees, and what somebody else sets before it, if anybody does. */
  const ticks = fc.array(
    fc.record({ load, foreign: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 10, nil: undefined }) }),
    { minLength: 20, maxLength: 80 },
  );
  const per = fc.constantFrom("1m" as const, "5m" as const, "10m" as const);
  const seconds = { "1m": 60, "5m": 300, "10m": 600 };

  function actionsOver(given: TargetSettings, all: { load: number | null; foreign?: number | undefined }[]): Action[] {
    const target = drive(given, { desired: 20 });
    const actions: Action[] = [];
    for (const { load: each, foreign } of all) {
      if (foreign !== undefined) target.foreign(foreign);
      const { decision, input } = target.tick({ metrics: { load: each } });
      if (decision.is === "scale") actions.push({ at: input.at, from: decision.from, to: decision.to, by: "headroom" });
    }
    return actions;
  }

  /** Our changes within so many seconds up to each of them, taken together: as with HPA, what was taken may be given back. */
  function within(actions: readonly Action[], span: number): number[] {
    return actions.map(({ at }) =>
      actions.filter((each) => each.at > at - span && each.at <= at).reduce((sum, { from, to }) => sum + to - from, 0),
    );
  }

  test.prop([ticks, per, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })], { ...runs, numRuns: 60 })(
    "bounds what our changes within any period come to, whatever others do",
    (all, period, out, inward) => {
      const rate = { in: { allow: [{ units: inward, per: period }] }, out: { allow: [{ units: out, per: period }] } };
      const actions = actionsOver(settings({ min: 1, rate }), all);
      const sums = within(actions, seconds[period]);
      for (const [index, { from, to }] of actions.entries()) {
        if (to > from) expect(sums[index]).toBeLessThanOrEqual(out);
        else expect(sums[index]).toBeGreaterThanOrEqual(-inward);
      }
    },
  );

  test.prop([ticks, per, fc.integer({ min: 1, max: 100 })], { ...runs, numRuns: 60 })(
    "by per cent bounds what is left of what was there at the beginning of any period",
    (all, period, percent) => {
      const rate = { in: { allow: [{ percent, per: period }] }, out: { allow: [{ percent, per: period }] } };
      const alone = all.map(({ load: each }) => ({ load: each }));
      const actions = actionsOver(settings({ min: 1, rate }), alone);
      const sums = within(actions, seconds[period]);
      for (const [index, { from, to }] of actions.entries()) {
        const start = to - (sums[index] ?? 0);
        if (to > from) expect(to).toBeLessThanOrEqual(Math.max(start + 1, Math.ceil((start * (100 + percent)) / 100)));
        else expect(to).toBeGreaterThanOrEqual(Math.trunc((start * (100 - percent)) / 100));
      }
    },
  );
});

describe("no interlock is without an end", () => {
  const everything = settings({
    ...{ min: 1, max: 100, warmUp: "10m" },
    guards: {
      downstream: { database: "orders" },
      retryStorm: { errors: metric("errors"), above: 1 },
    },
  });
  const LONGEST = Math.max(...interlocks.map(({ maxAge }) => maxAge));
  const EVERY = 10 * MINUTE;

  const facts = fc.record({
    ...{ drill: fc.boolean(), release: fc.boolean(), brake: fc.boolean(), lagging: fc.boolean() },
    ...{ deploying: fc.boolean(), errors: fc.boolean(), arrives: fc.boolean(), load: fc.constantFrom(20, 300) },
  });

  test.prop([facts], { ...runs, numRuns: 40 })("held on for ever it restrains no longer", (held) => {
    const target = drive(everything, { desired: 10, tick: EVERY, startUp: held.arrives ? 0 : 1e9 });
    target.ticks(3, { metrics: { load: 100, errors: 0 } });
    target.foreign(12);
    const records: TickRecord[] = [];
    for (let ticks = 0; ticks <= LONGEST / EVERY + 8; ticks += 1) {
      const { at } = target;
      const fact = { on: true, at, since: at, why: "a test" };
      const seen = { ...(held.drill ? { drill: fact } : {}), ...(held.release ? { release: fact } : {}) };
      const more = { ...(held.brake ? { brake: fact } : {}), ...(held.lagging ? { lagging: { orders: fact } } : {}) };
      const metrics = { load: held.load, errors: held.errors ? 50 : 0 };
      records.push(target.tick({ metrics, facts: { ...seen, ...more }, deploying: held.deploying }));
    }
    for (const { limits } of records.slice(-2)) expect(limits.map(({ limit }) => limit)).not.toContain("interlocks");
    expect(target.desired).toBe(held.load / 10);
  });
});

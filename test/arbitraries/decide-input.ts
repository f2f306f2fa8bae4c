import { fc } from "@fast-check/vitest";
import { targetSettings } from "@headroom/decisions/config/settings";
import { signalKey } from "@headroom/decisions/config/signals";
import type { Action, DecideInput, Lease, Memory, Moment, Point, SignalAnswer } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import type * as z from "zod";
import { MINUTE, NOON } from "../builders/decisions.ts";

// Ticks of all kinds: calm ones in which something may happen, and ones in which everything is odd.

type SettingsInput = z.input<typeof targetSettings>;
type PolicyInput = SettingsInput["policies"][number];
type MetricInput = Extract<PolicyInput, { kind: "target-tracking" }>["signals"][number];
type Settings = z.output<typeof targetSettings>;
type Policy = Settings["policies"][number];

const BIGGEST = 1_000_000_000;
const few = fc.integer({ min: 0, max: 40 });
const units = fc.oneof({ weight: 20, arbitrary: few }, { weight: 1, arbitrary: fc.integer({ min: 0, max: BIGGEST }) });
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n): `${number}s` => `${n}s`);

/** What is missing, when it is missing, is left out. */
function optional<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined });
}

function without<T extends object>(given: T): T {
  const left = { ...given };
  for (const [key, value] of Object.entries(left)) if (value === undefined) Reflect.deleteProperty(left, key);
  return left;
}

function metricNamed(name: string): fc.Arbitrary<MetricInput> {
  const sibling = {
    source: "cloudwatch" as const,
    namespace: "App",
    metric: `${name} alive`,
    statistic: "Sum" as const,
  };
  return fc
    .record({
      source: fc.constant("cloudwatch" as const),
      namespace: fc.constant("App"),
      metric: fc.constant(name),
      statistic: fc.constantFrom("Average" as const, "Sum" as const),
      period: fc.constantFrom("60s" as const, "300s" as const),
      delay: fc.constantFrom("0s" as const, "90s" as const),
      maxAge: fc.constantFrom("60s" as const, "300s" as const, "900s" as const),
      counter: fc.boolean(),
      range: optional(fc.constantFrom<[number, number][]>([0, 100], [0, 500], [10, 100])),
      zeroWhile: optional(fc.constant(sibling)),
    })
    .map(({ range, zeroWhile, ...metric }) => ({
      ...metric,
      ...(range === undefined ? {} : { range }),
      ...(zeroWhile === undefined ? {} : { zeroWhile }),
    }));
}

function trackingNumbered(index: number): fc.Arbitrary<PolicyInput> {
  return fc.record({
    kind: fc.constant("target-tracking" as const),
    of: fc.constantFrom("total" as const, "average" as const),
    target: fc.oneof(fc.constantFrom(10, 60), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
    tolerance: fc.record({ in: fc.constantFrom(0, 0.1, 1), out: fc.constantFrom(0, 0.1, 1) }),
    signals: fc
      .integer({ min: 1, max: 2 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, signal) => metricNamed(`load ${index}.${signal}`))),
      ),
  });
}

function queueNumbered(index: number): fc.Arbitrary<PolicyInput> {
  return fc
    .record({
      kind: fc.constant("queue" as const),
      queue: fc.constant(`jobs-${index}`),
      drainWithin: seconds(0, 1200),
      secondsPerMessage: fc.oneof(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.constantFrom({ min: 0.5, max: 4 }, { min: 2, max: 2 }),
      ),
      concurrencyPerUnit: fc.constantFrom(1, 2, 10),
      delay: fc.constantFrom("0s" as const, "900s" as const),
      maxReadingAge: fc.constant("300s" as const),
      maxAge: optional(seconds(0, 600)),
      messageGroups: optional(fc.integer({ min: 1, max: 50 })),
    })
    .map(({ maxAge, messageGroups, ...queue }) => ({
      ...queue,
      ...(maxAge === undefined ? {} : { maxAge }),
      ...(messageGroups === undefined ? {} : { messageGroups }),
    }));
}

const policies = fc
  .integer({ min: 1, max: 3 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => fc.oneof(trackingNumbered(index), queueNumbered(index)))),
  );

const change = fc.oneof(
  fc.record({ units: fc.integer({ min: 1, max: 10 }), per: seconds(10, 600) }),
  fc.record({ percent: fc.integer({ min: 1, max: 300 }), per: seconds(10, 600) }),
);
const rate = fc.record({
  allow: fc.array(change, { minLength: 1, maxLength: 2 }),
  select: fc.constantFrom("loosest" as const, "strictest" as const),
});

const mostlyNone = fc.oneof(
  { weight: 3, arbitrary: fc.constant("0s" as const) },
  { weight: 1, arbitrary: seconds(1, 600) },
);

const settings: fc.Arbitrary<Settings> = fc
  .record({
    mode: fc.oneof(
      { weight: 4, arbitrary: fc.constant("control" as const) },
      { weight: 1, arbitrary: fc.constant("observe" as const) },
    ),
    min: fc.integer({ min: 0, max: 10 }),
    room: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 10, max: 80 }) },
      { weight: 1, arbitrary: fc.constant(BIGGEST) },
    ),
    warmUp: mostlyNone,
    policies,
    stabilisation: fc.record({ in: mostlyNone, out: mostlyNone }),
    rate: fc.record({ in: rate, out: rate }, { requiredKeys: [] }),
    coolDown: fc.record({ in: mostlyNone, out: mostlyNone }),
  })
  .map(({ min, room, ...rest }) => {
    const seesTotals = rest.policies.some((policy) => policy.kind === "queue" || policy.of === "total");
    const least = seesTotals ? min : Math.max(1, min);
    const resource = { kind: "ecs-service" as const, cluster: "shop", service: "web" };
    return targetSettings.decode({ ...rest, resource, min: least, max: least + room });
  });

/** Nothing that JSON would change: it writes -0 as 0. */
const positiveZero = (value: number) => (value === 0 ? 0 : value);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(positiveZero);

const ordinary = fc.oneof(
  few,
  fc.integer({ min: 0, max: 1000 }),
  fc.double({ min: 0, max: 1000, noNaN: true }).map(positiveZero),
);
const impossible: fc.Arbitrary<Point["value"]> = fc.oneof(
  fc.constantFrom("NaN" as const, "Infinity" as const, "-Infinity" as const),
  fc.double({ max: -1e-9, noNaN: true, noDefaultInfinity: true }),
);
const odd: fc.Arbitrary<Point["value"]> = fc.oneof(number, impossible, fc.constantFrom(0, 1e-300, 1e308));

/** Datapoints of the periods before `now`, as they should be. */
function calmSeries(period: number, now: number): fc.Arbitrary<SignalAnswer> {
  const newest = Math.floor(now / period) * period - period;
  const point = fc.record({ value: ordinary, units: optional(few) });
  return fc.array(point, { minLength: 1, maxLength: 6 }).map((points) => ({
    is: "series",
    period,
    points: points.map((each, index) => without({ at: newest - index * period, ...each })).reverse(),
  }));
}

function oddSeries(now: number): fc.Arbitrary<SignalAnswer> {
  const at = fc.oneof(fc.integer({ min: now - 1000, max: now + 100 }), number);
  return fc.record({
    is: fc.constant("series" as const),
    period: fc.oneof(fc.constantFrom(0, 1, 60, 300), number),
    points: fc.array(fc.record({ at, value: odd, units: optional(few) }).map(without), { maxLength: 5 }),
  });
}

function calmQueue(now: number): fc.Arbitrary<SignalAnswer> {
  const messages = fc.oneof(fc.constantFrom(0, 0, 1), few, fc.integer({ min: 0, max: 100_000 }));
  return fc.record({
    is: fc.constant("queue" as const),
    at: fc.constant(now),
    visible: messages,
    inFlight: messages,
    delayed: fc.oneof(fc.constant(0), messages),
  });
}

function oddQueue(now: number): fc.Arbitrary<SignalAnswer> {
  const messages = fc.oneof(number, fc.constantFrom(0, 3e9, 1e308));
  const at = fc.integer({ min: now - 400, max: now + 10 });
  return fc.record({ is: fc.constant("queue" as const), at, visible: messages, inFlight: messages, delayed: messages });
}

const failed: fc.Arbitrary<SignalAnswer> = fc.constant({ is: "failed", why: "Throttled: slow down" });

type Asked = { key: string; isQueue: boolean; period: number; maxAge: number };

/** Every question that a policy asks, siblings included. */
function questionsOf(policy: Policy): Asked[] {
  return signalsOf(policy).flatMap((signal): Asked[] => {
    if (signal.source === "queue") return [{ key: signalKey(signal), isQueue: true, period: 0, maxAge: signal.maxAge }];
    const each = signal.zeroWhile === undefined ? [signal] : [signal, signal.zeroWhile];
    return each.map((one) => ({ key: signalKey(one), isQueue: false, period: one.period, maxAge: one.maxAge }));
  });
}

function answerTo({ isQueue, period }: Asked, now: number): fc.Arbitrary<SignalAnswer | undefined> {
  const calm = isQueue ? calmQueue(now) : calmSeries(period, now);
  const strange = fc.oneof(oddSeries(now), oddQueue(now), failed, fc.constant(undefined));
  return fc.oneof({ weight: 9, arbitrary: calm }, { weight: 1, arbitrary: strange });
}

function answersFor({ policies: asking }: Settings, now: number): fc.Arbitrary<Record<string, SignalAnswer>> {
  const questions = asking.flatMap(questionsOf);
  return fc.tuple(...questions.map((asked) => answerTo(asked, now))).map((answers) => {
    const found: Record<string, SignalAnswer> = {};
    for (const [index, answer] of answers.entries()) {
      const key = questions[index]?.key;
      if (answer !== undefined && key !== undefined) found[key] = answer;
    }
    return found;
  });
}

/** What cannot be trusted, whatever the signal. */
function untrusted({ isQueue, period, maxAge }: Asked, now: number): fc.Arbitrary<SignalAnswer | undefined> {
  const points = (at: number, value: Point["value"]): SignalAnswer => ({
    ...{ is: "series", period: Math.max(1, period) },
    points: [{ at, value }],
  });
  const attributes = { is: "queue" as const, at: now, visible: 0, inFlight: 0, delayed: 0 };
  const name = fc.constantFrom("visible" as const, "inFlight" as const, "delayed" as const);
  const wrong = isQueue
    ? fc.oneof(
        fc.constant(points(now - 60, 0)),
        fc.constant({ ...attributes, at: now - maxAge - 1 }),
        name.map((each) => ({ ...attributes, [each]: -1 })),
      )
    : fc.oneof(
        fc.constant<SignalAnswer>({ is: "series", period, points: [] }),
        fc.constant<SignalAnswer>(attributes),
        fc.constant(points(now - period - maxAge - 1, 0)),
        fc.constant(points(now - period + 1, 0)),
        impossible.map((value) => points(now - period, value)),
      );
  return fc.oneof(failed, fc.constant(undefined), wrong);
}

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

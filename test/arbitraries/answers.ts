import { fc } from "@fast-check/vitest";
import type { TargetSettings as Settings } from "@headroom/decisions/config/settings";
import { type MetricSignal, signalKey } from "@headroom/decisions/config/signals";
import type { Point, SignalAnswer } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import { few, optional, without } from "./settings.ts";

// What a World might answer: calm answers in which something may happen, and ones in which everything is odd.

type Policy = Settings["policies"][number];

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

/** A question that a policy asks, by what an answer to it depends on. */
export type Asked = { key: string; isQueue: boolean; period: number; maxAge: number; history: number };

function questionsAbout(signal: MetricSignal): Asked[] {
  const each = signal.zeroWhile === undefined ? [signal] : [signal, signal.zeroWhile];
  return each.map((one) => {
    const { period, maxAge, history } = one;
    return { key: signalKey(one), isQueue: false, period, maxAge, history };
  });
}

/** Every question that a policy asks, siblings included. */
export function questionsOf(policy: Policy): Asked[] {
  return signalsOf(policy).flatMap((signal): Asked[] => {
    if (signal.source === "queue") {
      return [{ key: signalKey(signal), isQueue: true, period: 0, maxAge: signal.maxAge, history: 0 }];
    }
    return questionsAbout(signal);
  });
}

/** Datapoints of every period for so long, for those who look back: the same value, but for the newest ones. */
function longSeries({ period, history }: Asked, now: number): fc.Arbitrary<SignalAnswer> {
  const count = Math.ceil(history / period) + 2;
  const newest = Math.floor(now / period) * period - period;
  return fc.tuple(few, few, fc.nat({ max: count })).map(([before, lately, since]) => ({
    is: "series",
    period,
    points: Array.from({ length: count }, (_, index) => ({
      at: newest - (count - 1 - index) * period,
      value: index < since ? before : lately,
    })),
  }));
}

function answerTo(asked: Asked, now: number): fc.Arbitrary<SignalAnswer | undefined> {
  const { isQueue, period, history } = asked;
  const calm = isQueue ? calmQueue(now) : history > 0 ? longSeries(asked, now) : calmSeries(period, now);
  const strange = fc.oneof(oddSeries(now), oddQueue(now), failed, fc.constant(undefined));
  return fc.oneof({ weight: 9, arbitrary: calm }, { weight: 1, arbitrary: strange });
}

/** What a World might answer to all that policies and guards ask. */
export function answersFor(
  { policies: asking, guards }: Settings,
  now: number,
): fc.Arbitrary<Record<string, SignalAnswer>> {
  const guarding = guards.retryStorm === undefined ? [] : questionsAbout(guards.retryStorm.errors);
  const questions = [...asking.flatMap(questionsOf), ...guarding];
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
export function untrusted({ isQueue, period, maxAge }: Asked, now: number): fc.Arbitrary<SignalAnswer | undefined> {
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

import type { CloudwatchSignal, QueueSignal } from "./config/signals.ts";
import type { Point, SignalAnswer } from "./model.ts";
import type { Known, KnownQueue, Unknown } from "./readings.ts";

/** CloudWatch's. */
const SHORTEST_PERIOD_SECONDS = 1;

type Series = Extract<SignalAnswer, { is: "series" }>;

/** The newest datapoint whose period is over and had its time to settle, and the one of an earlier period. */
function settled(series: Series, signal: CloudwatchSignal, now: number): { newest?: Point; before?: Point } {
  const over = series.points.filter((point) => point.at + series.period + signal.delay <= now);
  const [newest, ...rest] = over.sort((a, b) => b.at - a.at);
  if (newest === undefined) return {};
  const before = rest.find((point) => point.at < newest.at);
  return before === undefined ? { newest } : { newest, before };
}

type Measured = { value: number; mayLower: boolean };

/** A counter's mean growth in a period. After a reset it is the counter itself, and what it grew before is lost. */
function growth(
  newest: { at: number; value: number },
  before: { at: number; value: number },
  period: number,
): Measured {
  if (newest.value < before.value) return { value: newest.value, mayLower: false };
  const periods = Math.max(1, (newest.at - before.at) / period);
  return { value: (newest.value - before.value) / periods, mayLower: true };
}

function measured(
  signal: CloudwatchSignal,
  { newest, before, period }: { newest: Point; before: Point | undefined; period: number },
): Measured | string {
  const { at, value } = newest;
  if (typeof value === "string" || !Number.isFinite(value)) return `it reported ${value}`;
  if (value < 0) return `it reported ${value}, and load cannot be negative`;
  if (!signal.counter) return { value, mayLower: true };
  if (before === undefined) return "a counter needs two datapoints, and there is one";
  const earlier = before.value;
  if (typeof earlier === "string" || !(earlier >= 0)) return `the counter reported ${earlier} before`;
  return growth({ at, value }, { at: before.at, value: earlier }, period);
}

function inRange(
  signal: CloudwatchSignal,
  { value, mayLower }: Measured,
  found: Omit<Known, "value" | "mayLower">,
): Known | Unknown {
  const [low, high] = signal.range ?? [0, Number.POSITIVE_INFINITY];
  if (value < low) return { is: "failed", why: `it reported ${value}, below its range, which begins at ${low}` };
  if (value > high) return { ...found, value: high, mayLower: false };
  return { ...found, value, mayLower };
}

function trustSeries(signal: CloudwatchSignal, answer: Series, now: number): Known | Unknown {
  if (!(answer.period >= SHORTEST_PERIOD_SECONDS))
    return { is: "failed", why: `its period is ${answer.period} seconds` };
  const { newest, before } = settled(answer, signal, now);
  if (newest === undefined) return answer.points.length > 0 ? { is: "notYet" } : { is: "none" };
  const age = now - (newest.at + answer.period);
  if (age > signal.maxAge) return { is: "stale", at: newest.at, age };
  const found = measured(signal, { newest, before, period: answer.period });
  if (typeof found === "string") return { is: "failed", why: found };
  const units = newest.units === undefined ? {} : { units: newest.units };
  return inRange(signal, found, { is: "value", at: newest.at, period: answer.period, ...units });
}

/**
 * Judges what a World answered for a metric: fresh (by its age at `now`), settled, finite, not negative, within its
 * range. What is not trusted comes back with its name. Absence is 0 only where the signal says so and its sibling,
 * judged by `sibling`, is alive.
 */
export function trustMetric(
  signal: CloudwatchSignal,
  answer: SignalAnswer | undefined,
  now: number,
  sibling: () => Known | Unknown = () => ({ is: "none" }),
): Known | Unknown {
  if (answer === undefined) return { is: "none" };
  if (answer.is === "failed") return { is: "failed", why: answer.why };
  if (answer.is === "queue") return { is: "failed", why: "a metric was asked for and queue attributes came back" };
  const reading = trustSeries(signal, answer, now);
  if (signal.zeroWhile === undefined || !["none", "stale", "notYet"].includes(reading.is)) return reading;
  const alive = sibling();
  if (alive.is !== "value" || !alive.mayLower) return reading;
  return { is: "value", value: 0, at: alive.at, period: alive.period, mayLower: true };
}

/** Judges queue attributes: fresh, and whole numbers of messages that can be true. */
export function trustQueue(signal: QueueSignal, answer: SignalAnswer | undefined, now: number): KnownQueue | Unknown {
  if (answer === undefined) return { is: "none" };
  if (answer.is === "failed") return { is: "failed", why: answer.why };
  if (answer.is === "series") return { is: "failed", why: "queue attributes were asked for and a metric came back" };
  const age = now - answer.at;
  if (age > signal.maxAge) return { is: "stale", at: answer.at, age };
  for (const name of ["visible", "inFlight", "delayed"] as const) {
    const count = answer[name];
    if (!Number.isFinite(count) || count < 0) return { is: "failed", why: `it reported ${count} ${name} messages` };
  }
  return answer;
}

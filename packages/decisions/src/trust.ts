import type { MetricSignal, QueueSignal } from "./config/signals.ts";
import type { Point, SignalAnswer } from "./model.ts";
import type { Known, KnownQueue, Unknown, Window } from "./readings.ts";

/** CloudWatch's. */
const SHORTEST_PERIOD_SECONDS = 1;

type Series = Extract<SignalAnswer, { is: "series" }>;

/** Whether the period of a datapoint is over and had its time to settle. */
function isSettled({ at }: Point, series: Series, signal: MetricSignal, judged: Judged): boolean {
  const over = at + series.period;
  return over + signal.delay <= judged.now || (over <= judged.now && judged.named.includes(at));
}

/** When it is, and which periods an alarm named: those have settled, or it would not have named them. */
type Judged = { now: number; named: readonly number[] };

/** The newest datapoint that has settled, and the one of an earlier period. */
function newestOf(series: Series, signal: MetricSignal, judged: Judged): { newest?: Point; before?: Point } {
  let newest: Point | undefined;
  let before: Point | undefined;
  for (const point of series.points) {
    if (!isSettled(point, series, signal, judged)) continue;
    if (newest === undefined || point.at > newest.at) [newest, before] = [point, newest];
    else if (point.at < newest.at && (before === undefined || point.at > before.at)) before = point;
  }
  return { ...(newest === undefined ? {} : { newest }), ...(before === undefined ? {} : { before }) };
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
  signal: MetricSignal,
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
  signal: MetricSignal,
  { value, mayLower }: Measured,
  found: Omit<Known, "value" | "mayLower">,
): Known | Unknown {
  const [low, high] = signal.range ?? [0, Number.POSITIVE_INFINITY];
  if (value < low) return { is: "failed", why: `it reported ${value}, below its range, which begins at ${low}` };
  if (value > high) return { ...found, value: high, mayLower: false };
  return { ...found, value, mayLower };
}

function trustSeries(signal: MetricSignal, answer: Series, judged: Judged): Known | Unknown {
  if (!(answer.period >= SHORTEST_PERIOD_SECONDS))
    return { is: "failed", why: `its period is ${answer.period} seconds` };
  const { newest, before } = newestOf(answer, signal, judged);
  if (newest === undefined) return answer.points.length > 0 ? { is: "notYet" } : { is: "none" };
  const age = judged.now - (newest.at + answer.period);
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
 * @param named starts of the periods that an alarm named
 */
export function trustMetric(
  signal: MetricSignal,
  answer: SignalAnswer | undefined,
  now: number,
  sibling: () => Known | Unknown = () => ({ is: "none" }),
  named: readonly number[] = [],
): Known | Unknown {
  if (answer === undefined) return { is: "none" };
  if (answer.is === "failed") return { is: "failed", why: answer.why };
  if (answer.is === "queue") return { is: "failed", why: "a metric was asked for and queue attributes came back" };
  const reading = trustSeries(signal, answer, { now, named });
  if (signal.zeroWhile === undefined || !["none", "stale", "notYet"].includes(reading.is)) return reading;
  const alive = sibling();
  if (alive.is !== "value" || !alive.mayLower) return reading;
  // A datapoint of that period, or of a later one, that may still change: it is late, not absent.
  if (answer.points.some(({ at }) => at >= alive.at)) return reading;
  return { is: "value", value: 0, at: alive.at, period: alive.period, mayLower: true };
}

/**
 * The settled datapoints of the last `signal.history` seconds, all of which must be usable. Not trusted when fewer than
 * half of the periods have reported, unless the signal's sibling proves that there was nothing to report.
 */
export function trustWindow(
  signal: MetricSignal,
  answer: SignalAnswer | undefined,
  now: number,
  sibling: () => Known | Unknown = () => ({ is: "none" }),
): Window | Unknown {
  const newest = trustMetric(signal, answer, now, sibling);
  if (newest.is !== "value" || answer?.is !== "series") return newest.is === "value" ? { is: "none" } : newest;
  const end = newest.at + newest.period;
  const points: Window["points"] = [];
  for (const { at, value } of answer.points) {
    if (at < end - signal.history || at > newest.at) continue;
    if (typeof value === "string" || !(value >= 0)) return { is: "failed", why: `it reported ${value}` };
    points.push({ at, value });
  }
  const known = points.length * newest.period;
  if (known < signal.history / 2 && sibling().is !== "value") return { is: "notYet" };
  return { is: "window", end, period: newest.period, points: points.sort((a, b) => a.at - b.at) };
}

/**
 * The settled datapoints of the last `signal.history` seconds of a count that is reported only when there is something
 * to count: however few there are, all of them must be usable.
 */
export function trustEvents(signal: MetricSignal, answer: SignalAnswer | undefined, now: number): Window | Unknown {
  if (answer === undefined) return { is: "none" };
  if (answer.is === "failed") return { is: "failed", why: answer.why };
  if (answer.is === "queue") return { is: "failed", why: "a metric was asked for and queue attributes came back" };
  const points: Window["points"] = [];
  for (const point of answer.points) {
    const { at, value } = point;
    if (at < now - signal.history - signal.maxAge || !isSettled(point, answer, signal, { now, named: [] })) continue;
    if (typeof value === "string" || !(value >= 0)) return { is: "failed", why: `it reported ${value}` };
    points.push({ at, value });
  }
  return { is: "window", end: now, period: answer.period, points: points.sort((a, b) => a.at - b.at) };
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

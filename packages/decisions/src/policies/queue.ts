import * as z from "zod";
import { saturated } from "../capacity.ts";
import { duration, rememberedLooks } from "../config/duration.ts";
import { type CloudwatchSignal, type QueueSignal, type Signal, signalKey } from "../config/signals.ts";
import type { Proposal } from "../model.ts";
import type { Known, KnownQueue, Unknown } from "../readings.ts";
import { blindBecause } from "./blind.ts";
import { drainRate, type Flow, secondsToDrain, unitsToDrain } from "./drain.ts";
import type { PolicyContext, PolicyResult } from "./policy.ts";

const positive = z.number().positive();
const bounds = z
  .strictObject({ min: positive, max: positive })
  .refine(({ min, max }) => min <= max, "needs { min, max } with min <= max");

export const settings = z.strictObject({
  kind: z.literal("queue"),
  /** Name of the queue that the target works off. */
  queue: z.string().min(1),
  /** T: a backlog is to be gone within this time of exceeding what the present units can do. */
  drainWithin: duration,
  /** S: seconds a worker needs for one message; given, or measured within bounds. */
  secondsPerMessage: z.union([positive, bounds]),
  /** c: messages that one unit works on at a time. */
  concurrencyPerUnit: z.int().positive().default(1),
  /** The oldest message should not get older than this: when it does, the objective gets shorter by the excess. */
  maxAge: duration.optional(),
  /** How long the queue delays each message: only that share of the delayed ones that falls due in time counts. */
  delay: duration.default(0),
  /** Message groups of a FIFO queue that are active at a time: more units than groups would be idle. */
  messageGroups: z.int().positive().optional(),
  /** Queue attributes and metrics older than this are stale. */
  maxReadingAge: rememberedLooks.default(300),
});
type Settings = z.infer<typeof settings>;

function sqsMetric(policy: Settings, metric: string, statistic: "Sum" | "Maximum" | "Average"): CloudwatchSignal {
  return {
    ...{ source: "cloudwatch", namespace: "AWS/SQS", metric, statistic, dimensions: { QueueName: policy.queue } },
    ...{ period: 60, delay: 0, maxAge: policy.maxReadingAge, history: 0, counter: false },
  };
}

function attributesOf(policy: Settings): QueueSignal {
  return { source: "queue", queue: policy.queue, maxAge: policy.maxReadingAge };
}
const sent = (policy: Settings) => sqsMetric(policy, "NumberOfMessagesSent", "Sum");
const deleted = (policy: Settings) => sqsMetric(policy, "NumberOfMessagesDeleted", "Sum");
const oldest = (policy: Settings) => sqsMetric(policy, "ApproximateAgeOfOldestMessage", "Maximum");
const measures = (policy: Settings) => typeof policy.secondsPerMessage !== "number";

export function signals(policy: Settings): Signal[] {
  const age = policy.maxAge === undefined ? [] : [oldest(policy)];
  return [attributesOf(policy), sent(policy), ...(measures(policy) ? [deletions(policy), busy(policy)] : []), ...age];
}

/** A rate in messages a second, or undefined when it is not known. */
function perSecond(signal: CloudwatchSignal, context: PolicyContext): number | undefined {
  const reading = context.metric(signal);
  return reading.is === "value" ? saturated(reading.value / reading.period) : undefined;
}

/** Seconds over which the service time is measured: queue metrics are samples, and one alone says little. */
const MEASURED_OVER_SECONDS = 300;

const deletions = (policy: Settings) => ({ ...deleted(policy), history: MEASURED_OVER_SECONDS });
const busy = (policy: Settings) => ({
  ...sqsMetric(policy, "ApproximateNumberOfMessagesNotVisible", "Average"),
  history: MEASURED_OVER_SECONDS,
});

/**
 * Seconds a message, as the range in which it must lie. Measured by Little's law, messages in flight ÷ messages deleted
 * a second, both of the same minutes, so that a change of capacity since does not matter; within the configured bounds.
 * The whole range where one of them is not known or nothing was deleted.
 */
function serviceTime(policy: Settings, context: PolicyContext): { least: number; most: number } {
  const given = policy.secondsPerMessage;
  if (typeof given === "number") return { least: given, most: given };
  const [inFlight, gone] = [context.window(busy(policy)), context.window(deletions(policy))];
  const unknown = { least: given.min, most: given.max };
  if (inFlight.is !== "window" || gone.is !== "window") return unknown;
  const held = new Map(inFlight.points.map(({ at, value }) => [at, value]));
  const both = gone.points.filter(({ at }) => held.has(at));
  const messages = both.reduce((sum, { value }) => sum + value, 0);
  const slotSeconds = both.reduce((sum, { at }) => sum + (held.get(at) ?? 0) * gone.period, 0);
  if (messages === 0 || slotSeconds === 0) return unknown;
  const measured = Math.min(given.max, Math.max(given.min, slotSeconds / messages));
  return { least: measured, most: measured };
}

/** The age of the oldest message, where a limit is set for it. An empty queue has none. */
function ageOf(policy: Settings, queue: KnownQueue, context: PolicyContext): Known | Unknown | undefined {
  const isEmpty = queue.visible + queue.inFlight + queue.delayed === 0;
  return policy.maxAge === undefined || isEmpty ? undefined : context.metric(oldest(policy));
}

/**
 * T′: the objective, shorter by the time that the oldest message is over its limit, but never below a tick; as the range
 * in which it must lie, because how old the oldest message is may not be known.
 */
function objective(policy: Settings, queue: KnownQueue, context: PolicyContext): { least: number; most: number } {
  const { drainWithin, maxAge } = policy;
  const age = ageOf(policy, queue, context);
  if (age === undefined || maxAge === undefined) return { least: drainWithin, most: drainWithin };
  if (age.is !== "value") return { least: context.tick, most: Math.max(context.tick, drainWithin) };
  const left = Math.max(context.tick, drainWithin - Math.max(0, age.value - maxAge));
  return { least: left, most: left };
}

/**
 * The deadline of the present backlog: set when it first exceeds what the ready units work off within the objective,
 * kept until no more than a tick's work is left (at the slowest that a message can take), so that nobody waits longer
 * than that. It does not recede while the backlog lasts, and more arrivals never end it sooner.
 */
function deadline(
  within: number,
  flow: Omit<Flow, "drainBy">,
  { remembered, slowest }: { remembered: number | undefined; slowest: number },
): number | undefined {
  const backlog = flow.visible + flow.falling;
  if (remembered !== undefined) {
    if (backlog <= drainRate({ ...flow, secondsPerMessage: slowest }) * flow.tick) return undefined;
    return Math.min(remembered, flow.now + within);
  }
  return backlog > drainRate(flow) * within ? flow.now + within : undefined;
}

/** The proposal when `least` units are needed at the very least and `most` are enough whatever is unknown. */
function between(least: number, most: number, desired: number): number | undefined {
  if (least > desired) return least;
  return most < desired ? most : undefined;
}

function flowOf(
  policy: Settings,
  queue: KnownQueue,
  secondsPerMessage: number,
  context: PolicyContext,
): Omit<Flow, "drainBy"> {
  const ahead = Math.max(context.tick, policy.drainWithin + context.warmUp);
  const due = policy.delay === 0 ? 1 : Math.min(1, ahead / policy.delay);
  return {
    now: context.now,
    visible: queue.visible,
    inFlight: queue.inFlight,
    falling: queue.delayed * due,
    arrivals: perSecond(sent(policy), context) ?? 0,
    secondsPerMessage,
    concurrency: policy.concurrencyPerUnit,
    ready: context.ready,
    tick: context.tick,
    warmUp: context.warmUp,
  };
}

/** No more units than there are groups to work on, and while messages are in flight none of their workers goes. */
function kept(policy: Settings, units: number, queue: KnownQueue, desired: number): number {
  const c = policy.concurrencyPerUnit;
  const groups = policy.messageGroups === undefined ? units : Math.ceil(policy.messageGroups / c);
  const busy = Math.min(desired, Math.ceil(queue.inFlight / c));
  return Math.max(Math.min(units, groups), busy);
}

function explained(flow: Flow, units: number, desired: number, max: number, queue: string): Proposal {
  const left = Math.max(flow.tick, flow.drainBy - flow.now - flow.warmUp);
  const data = {
    queue,
    visible: flow.visible,
    inFlight: flow.inFlight,
    delayed: flow.falling,
    arrivals: flow.arrivals,
    secondsPerMessage: flow.secondsPerMessage,
    concurrency: flow.concurrency,
    left,
    capacity: units,
    desired,
  };
  if (units > max) {
    return {
      is: "proposes",
      capacity: units,
      reason: { code: "backlogInfeasible", data: { ...data, max, eta: finite(secondsToDrain(flow, max)) } },
    };
  }
  const eta = finite(secondsToDrain(flow, units));
  const code = units > desired ? "backlogNeedsMore" : units < desired ? "backlogNeedsLess" : "backlogOnPace";
  return { is: "proposes", capacity: units, reason: { code, data: { ...data, eta } } };
}

function finite(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}

/**
 * Drain objective for workers on a queue: as many units as keep up with arrivals and have the backlog gone by its
 * deadline, start-up included. Unknown arrivals or service time can raise (by what is certain) but not lower.
 */
export function propose(policy: Settings, context: PolicyContext): PolicyResult {
  const signal = attributesOf(policy);
  const { drainBy: due } = context.memory;
  const remembered = Object.hasOwn(due, policy.queue) ? due[policy.queue] : undefined;
  const queue = context.queue(signal);
  if (queue.is !== "queue") {
    const drainBy = remembered === undefined ? {} : { [policy.queue]: remembered };
    return { proposal: blindBecause(signalKey(signal), queue), drainBy };
  }
  const within = objective(policy, queue, context);
  const service = serviceTime(policy, context);
  const certain = flowOf(policy, queue, service.least, context);
  const deadlineNow = deadline(within.most, certain, { remembered, slowest: service.most });
  const drainBy = deadlineNow ?? context.now + within.most;
  const flows = {
    fastest: { ...certain, drainBy },
    slowest: {
      ...certain,
      drainBy: Math.min(drainBy, context.now + within.least),
      secondsPerMessage: service.most,
    },
  };
  return {
    proposal: proposal(policy, queue, flows, context),
    drainBy: deadlineNow === undefined ? {} : { [policy.queue]: deadlineNow },
  };
}

/** What is unknown of the queue's past and would have to be known for lowering. */
function missing(policy: Settings, queue: KnownQueue, context: PolicyContext): Proposal | undefined {
  const arrivals = context.metric(sent(policy));
  if (arrivals.is !== "value") return blindBecause(signalKey(sent(policy)), arrivals);
  const age = ageOf(policy, queue, context);
  return age === undefined || age.is === "value" ? undefined : blindBecause(signalKey(oldest(policy)), age);
}

function proposal(
  policy: Settings,
  queue: KnownQueue,
  { fastest, slowest }: { fastest: Flow; slowest: Flow },
  context: PolicyContext,
): Proposal {
  const { desired, max } = context;
  const arrivals = context.metric(sent(policy));
  const least = kept(policy, unitsToDrain(fastest), queue, desired);
  const most = kept(policy, unitsToDrain(slowest), queue, desired);
  const units = between(least, arrivals.is === "value" ? most : Number.POSITIVE_INFINITY, desired);
  const unseen = units === undefined ? missing(policy, queue, context) : undefined;
  return unseen ?? explained(units === most ? slowest : fastest, units ?? desired, desired, max, policy.queue);
}

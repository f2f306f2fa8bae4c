import type * as z from "zod";
import type { MetricSignal, QueueSignal, Signal } from "../config/signals.ts";
import type { Boost, Memory, Outlook, Proposal } from "../model.ts";
import type { Known, KnownQueue, Unknown, Window } from "../readings.ts";

/** What a policy may know when it proposes. */
export type PolicyContext = {
  at: number;
  now: number;
  /** Seconds between ticks. */
  tick: number;
  /** What the target was last told to have, and how much of it runs and serves. */
  desired: number;
  running: number;
  ready: number;
  mode: "observe" | "floor" | "control";
  min: number;
  max: number;
  /** Seconds from setting a higher capacity until the new units serve. */
  warmUp: number;
  memory: Memory;
  /** What this policy remembers of its own raises. */
  boosts: Boost[];
  /** What the forecast for this policy says, if there is one. */
  outlook: Outlook | undefined;
  /** The highest floor of the schedule's windows that are open; 0 when there is none. */
  floor: number;
  /** Schedules are all there is: nothing looks at load. */
  alone: boolean;
  /** The highest that other policies propose; only for kinds that are asked last. */
  others: number | undefined;
  /** The trusted answer for a signal that the policy named in `signals`, or why there is none. */
  metric(signal: MetricSignal): Known | Unknown;
  /** The settled datapoints of the signal's history, or why they cannot be used. */
  window(signal: MetricSignal): Window | Unknown;
  /** The settled datapoints of the signal's history, of a count that is reported only when there is something to count. */
  events(signal: MetricSignal): Window | Unknown;
  queue(signal: QueueSignal): KnownQueue | Unknown;
};

/** What a policy proposes, and what it wants the next tick to remember. */
export type PolicyResult = { proposal: Proposal; drainBy?: Record<string, number>; boosts?: Boost[] };

/** One kind of policy: its settings, the signals it wants to know, and its rule. Siblings all have this shape. */
export type PolicyKind<Settings> = {
  settings: z.ZodType<Settings>;
  signals(settings: Settings): Signal[];
  propose(settings: Settings, context: PolicyContext): PolicyResult;
};

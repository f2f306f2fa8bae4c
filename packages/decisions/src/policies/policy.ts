import type * as z from "zod";
import type { CloudwatchSignal, QueueSignal, Signal } from "../config/signals.ts";
import type { Memory, Proposal } from "../model.ts";
import type { Known, KnownQueue, Unknown } from "../readings.ts";

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
  max: number;
  /** Seconds from setting a higher capacity until the new units serve. */
  warmUp: number;
  memory: Memory;
  /** The trusted answer for a signal that the policy named in `signals`, or why there is none. */
  metric(signal: CloudwatchSignal): Known | Unknown;
  queue(signal: QueueSignal): KnownQueue | Unknown;
};

/** What a policy proposes, and what it wants the next tick to remember. */
export type PolicyResult = { proposal: Proposal; drainBy?: Record<string, number> };

/** One kind of policy: its settings, the signals it wants to know, and its rule. Siblings all have this shape. */
export type PolicyKind<Settings> = {
  settings: z.ZodType<Settings>;
  signals(settings: Settings): Signal[];
  propose(settings: Settings, context: PolicyContext): PolicyResult;
};

import type * as z from "zod";
import type { Signal } from "../config/signals.ts";
import type { Memory, Proposal } from "../model.ts";
import type { Reading } from "../readings.ts";

/** What a policy may know when it proposes. */
export type PolicyContext = {
  at: number;
  now: number;
  tick: number;
  /** What the target was last told to have, and how much of it runs and serves. */
  desired: number;
  running: number;
  ready: number;
  min: number;
  max: number;
  /** Seconds from setting a higher capacity until the new units serve. */
  warmUp: number;
  memory: Memory;
  /** The trusted answer, or why there is none, for a signal that the policy named in `signals`. */
  read(signal: Signal): Reading;
};

export type PolicyResult = { proposal: Proposal; drainBy?: { key: string; at: number | null } };

/** One kind of policy: its settings, the signals it wants to know, and its rule. Siblings all have this shape. */
export type PolicyKind<Schema extends z.ZodType> = {
  settings: Schema;
  signals(settings: z.infer<Schema>): Signal[];
  propose(settings: z.infer<Schema>, context: PolicyContext): PolicyResult;
};

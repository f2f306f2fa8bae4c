import type { TargetSettings } from "../config/settings.ts";
import type { Lease, Memory } from "../model.ts";
import type { Reason } from "../reasons.ts";

/** What a limit may know. */
export type LimitContext = {
  target: string;
  at: number;
  tick: number;
  settings: TargetSettings;
  memory: Memory;
  /** Those that concern this target and have not ended; of two of a kind the first counts. */
  leases: Lease[];
  desired: number;
  ready: number;
  running: number;
};

/** What a limit makes of a capacity, or undefined when it does not bind. Siblings all have this shape. */
export type Limit = (capacity: number, context: LimitContext) => { capacity: number; reason: Reason } | undefined;

import type { TargetSettings } from "../config/settings.ts";
import type { MetricSignal } from "../config/signals.ts";
import type { OpenInterlock } from "../interlocks/interlock.ts";
import type { Capacity, Facts, Lease, Memory, Proposed } from "../model.ts";
import type { Known, Unknown } from "../readings.ts";
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
  facts: Facts;
  capacity: Capacity;
  /** What is set now: the capacity, or in floor mode the resource's minimum. */
  desired: number;
  proposals: readonly Proposed[];
  /** The proposals combined, before limits. */
  combined: number;
  /** Within which capacity may be: see `boundsOf`. */
  bounds: { min: number; max: number };
  /** Those that are open. */
  interlocks: readonly OpenInterlock[];
  metric(signal: MetricSignal): Known | Unknown;
};

/** What became of a capacity, and why. */
export type Bound = {
  capacity: number;
  reason: Reason;
  /** It is not our own scaling: limits on the pace of that have no say in it. */
  unpaced?: boolean;
};

/** What a limit makes of a capacity, or undefined when it does not bind. Siblings all have this shape. */
export type Limit = (capacity: number, context: LimitContext) => Bound | undefined;

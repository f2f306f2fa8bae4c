import { wholeUnits } from "@headroom/decisions/capacity";

/** What an autoscaler can look at. Instants are seconds since the beginning of the run. */
export type View = {
  now: number;
  desired: number;
  /** Units that serve, and units on their way. */
  ready: number;
  starting: number;
  /** Mean load during `[from, to)`, in units' worth: what came in, served or not. */
  load(from: number, to: number): number;
  /** Mean share of the ready units' time that was busy during `[from, to)`; for requests it goes above 1 in overload. */
  utilisation(from: number, to: number): number;
  /** Mean units that served during `[from, to)`. */
  served(from: number, to: number): number;
  /** Messages, where the target works off a queue; else all zero. */
  queue: { visible: number; inFlight: number };
};

export type Bounds = { min: number; max: number; startDelay: number };

/** One autoscaler at work on one target: asked every so many seconds for the capacity it wants. */
export type Autoscaler = {
  every: number;
  /** Units to begin with, where that is not what the first minute needs. */
  initial?: number;
  decide(view: View): number;
};

/** A way to scale, with the one setting that trades capacity for shortage: how large it is, and within what range. */
export type Contender = {
  policy: string;
  /** Its rule in a line, with what was assumed of the delay of its metrics. */
  rule: string;
  /** What the setting means, for people. */
  setting: string;
  standard: number;
  /** From most capacity to least. */
  range: readonly [generous: number, tight: number];
  create(setting: number, bounds: Bounds): Autoscaler;
};

/** Within bounds, and a whole number. */
export function clamp(capacity: number, { min, max }: Bounds): number {
  return Math.max(min, Math.min(max, wholeUnits(capacity)));
}

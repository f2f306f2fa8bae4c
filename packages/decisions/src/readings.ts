// What became of a signal's answer once it was judged. See `trust`.

/** A value that can be used: it holds for the period `[at, at + period]`. */
export type Known = {
  is: "value";
  value: number;
  at: number;
  period: number;
  /** False when the value may raise capacity but must not lower it. */
  mayLower: boolean;
  /** How many units sent samples, where that is known. */
  units?: number;
};

/** Queue attributes that can be used, in messages. */
export type KnownQueue = { is: "queue"; at: number; visible: number; inFlight: number; delayed: number };

/** There is no value, and why. */
export type Unknown =
  /** Nothing has been reported whose period is over and settled, but there may be soon. */
  | { is: "notYet" }
  /** The source knows no such thing, or nothing in the time looked at. */
  | { is: "none" }
  /** The newest is too old: `age` is the seconds since the end of its period. */
  | { is: "stale"; at: number; age: number }
  /** The source failed, or what it said cannot be true. */
  | { is: "failed"; why: string };

/** The settled datapoints of a stretch of time that ends at `end`, oldest first. */
export type Window = { is: "window"; end: number; period: number; points: { at: number; value: number }[] };

export type Reading = Known | KnownQueue | Unknown;

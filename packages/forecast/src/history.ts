/** Recorded load as it comes from a store: unsorted, with holes and repetitions if need be. Arrays of equal length. */
export type History = {
  /** Start of each interval, epoch seconds. */
  at: ArrayLike<number>;
  /** Load of each interval, 0 to `LARGEST_LOAD`. What is anything else counts as missing. */
  value: ArrayLike<number>;
  /** 1 where the target was saturated: demand was at least `value`. */
  saturated?: ArrayLike<number>;
};

/** How to read the history and what is wanted. Instants are epoch seconds, durations seconds. */
export type Options = {
  /** The instant from which to forecast; history at or after it is left out. */
  now: number;
  /** How far ahead. */
  horizon: number;
  /** Width of an interval; deduced from the history where it is left out. */
  step?: number;
  /** Levels between 0 and 1, ascending. 0.5 is the point forecast. */
  quantiles?: readonly number[];
  /**
   * Lengths of the windows whose maximum is to be forecast as well. They are calibrated up to half a day ahead: further
   * ones are taken to be as far above their steps as the last of those.
   */
  windows?: readonly number[];
  /** Days, as "2026-11-26" by the clock of `zone`, that were not ordinary: a drill, a migration. They are left out. */
  excludeDays?: readonly string[];
  /** Days, as "2026-12-25" by the clock of `zone`, past and future, on which people behave as on a Sunday. */
  holidays?: readonly string[];
  /** IANA time zone that the load's users live by; UTC where it is left out. */
  zone?: string;
  /** A counter only grows, and begins again at 0 when its process does: its increments are the load. */
  kind?: "gauge" | "counter";
};

/** The longest history that is used, in seconds: what is older says little of now. */
export const LONGEST_HISTORY = 28 * 86_400;
/** No unit of load is so small. Squares of it are finite, and forecasts many times as high are so as 32-bit floats. */
export const LARGEST_LOAD = 1e30;
export const DAY = 86_400;
export const HOUR = 3_600;

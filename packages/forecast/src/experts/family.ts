import type { Calendar } from "../calendar.ts";
import type { Series } from "../series.ts";

/**
 * Experts that share their reads. Each costs a handful of reads whatever the length of the history, since all of them
 * are asked at every origin of the backtest.
 */
export type Family = {
  /** As reports call them. */
  names: readonly string[];
  /**
   * What the experts, knowing what is before `origin`, say of the value `horizon` steps ahead (1 is position `origin`),
   * written to `out[at]` and what follows. `origin` is at least `leastHistory` into the series.
   */
  ask(origin: number, horizon: number, out: Float64Array, at: number): void;
};

/** What a family may know besides the values. */
export type Knowledge = { calendar: Calendar; extraPeriods: readonly number[] };

/** Makes a family for a series, or none where the series cannot feed it. */
export type FamilyOf = (series: Series, knowledge: Knowledge) => Family | undefined;

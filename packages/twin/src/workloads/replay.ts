import type { Load } from "./load.ts";
import { type Trace, traceLength } from "./trace.ts";

/** Sums of floats fall short of whole numbers by less than this. */
const SHORT = 1e-6;

/**
 * A trace as a load, played from its first row at `start`, and again from there when it is over. Within an interval the
 * rate is constant, and totals are kept: what arrives in an interval adds up to its value. Whole messages carry the
 * fraction on to the next second.
 */
export function replay(trace: Trace, start: number): Load {
  const length = traceLength(trace);
  const before = [0];
  for (const value of trace.values) before.push((before.at(-1) ?? 0) + value);
  const total = before.at(-1) ?? 0;

  /** All that arrived from the start until `instant`. */
  function arrivedBy(instant: number): number {
    const elapsed = instant - start;
    const rounds = Math.floor(elapsed / length);
    const intervals = (elapsed - rounds * length) / trace.interval;
    const index = Math.floor(intervals);
    return rounds * total + (before[index] ?? 0) + (trace.values[index] ?? 0) * (intervals - index);
  }

  return {
    during: (second) => Math.max(0, arrivedBy(second + 1) - arrivedBy(second)),
    wholeDuring: (second) => Math.floor(arrivedBy(second + 1) + SHORT) - Math.floor(arrivedBy(second) + SHORT),
  };
}

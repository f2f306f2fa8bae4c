import type { History } from "@headroom/forecast/history";
import type { Trace } from "@headroom/twin/workloads/trace";

/** A trace as it was recorded: what its file left out is left out here as well, so that the forecast can say so. */
export function historyOf({ start, interval, values, gaps }: Trace): History {
  const at: number[] = [];
  const value: number[] = [];
  let gap = 0;
  for (const [index, load] of values.entries()) {
    const time = start + index * interval;
    while (gap < gaps.length && time >= (gaps[gap]?.to ?? 0)) gap += 1;
    if (time >= (gaps[gap]?.from ?? Number.POSITIVE_INFINITY)) continue;
    at.push(time);
    value.push(load);
  }
  return { at: Float64Array.from(at), value: Float64Array.from(value) };
}

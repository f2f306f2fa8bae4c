import type { Panel } from "../experts/registry.ts";
import { type Series, UNKNOWN } from "../series.ts";
import type { Effort } from "./effort.ts";

/** What all experts would have said at past origins of what is known by now, the newest origin first. */
export type Trials = {
  horizon: number;
  count: number;
  origins: Int32Array;
  /** `count` rows of as many columns as there are experts. */
  forecasts: Float64Array;
  truths: Float64Array;
  /** As in the series: 2 where the truth was at least that much. */
  known: Uint8Array;
};

/** The first origin that every expert can stand at. */
export function firstOrigin({ day, hour }: Series): number {
  return day + hour;
}

/** Origins so far apart, but never at the same few hours of every day. */
function strideOf({ day }: Series, span: number, origins: number): number {
  let stride = Math.max(1, Math.floor(span / origins));
  while (stride > 1 && day % stride === 0) stride -= 1;
  return stride;
}

/** Asks every expert at origins spread over the recent past, for one horizon. */
export function trialsOf(series: Series, panel: Panel, horizon: number, effort: Effort): Trials {
  const experts = panel.names.length;
  const newest = series.length - horizon;
  const span = Math.min(newest - firstOrigin(series), effort.days * series.day);
  const stride = strideOf(series, span, effort.origins);
  const trials: Trials = {
    ...{ horizon, count: 0 },
    origins: new Int32Array(effort.origins),
    forecasts: new Float64Array(effort.origins * experts),
    truths: new Float64Array(effort.origins),
    known: new Uint8Array(effort.origins),
  };
  for (let back = 0; back <= span && trials.count < effort.origins; back += stride) {
    const origin = newest - back;
    const target = origin - 1 + horizon;
    const known = series.known[target] ?? 0;
    if (known === UNKNOWN) continue;
    panel.ask(origin, horizon, trials.forecasts, trials.count * experts);
    trials.origins[trials.count] = origin;
    trials.truths[trials.count] = series.truth[target] ?? 0;
    trials.known[trials.count] = known;
    trials.count += 1;
  }
  return trials;
}

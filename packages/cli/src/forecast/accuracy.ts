import { forecast } from "@headroom/forecast/forecast";
import type { History } from "@headroom/forecast/history";
import type { Trace } from "@headroom/twin/workloads/trace";

/** How forecasts from the trace's own past would have done, beside repeating the day before. */
export type Accuracy = {
  origins: number;
  /** Mean absolute errors in the unit of the load. */
  error: number;
  naiveError: number;
  /** `error / naiveError`: below 1 the forecast is of use. Null where repeating yesterday is never wrong. */
  relativeError: number | null;
  /** Share of steps at or below the 0.9 quantile. */
  coverage90: number;
};

const ORIGINS = 20;
const JUDGED = 0.9;
const DAY = 86_400;

type Sums = { origins: number; steps: number; error: number; naiveError: number; covered: number };

/** Adds up what a forecast from this position of the trace missed; nothing where there is none. */
function judgeFrom(trace: Trace, history: History, origin: number, horizon: number, sums: Sums): void {
  const { start, interval, values } = trace;
  const steps = Math.round(horizon / interval);
  const day = Math.round(DAY / interval);
  const now = start + origin * interval;
  const found = forecast(history, { now, step: interval, horizon, quantiles: [0.5, JUDGED] });
  const [median, upper] = found.is === "forecast" ? found.quantiles : [];
  if (median === undefined || upper === undefined) return;
  sums.origins += 1;
  for (let index = 0; index < steps; index += 1) {
    const actual = values[origin + index] ?? 0;
    sums.steps += 1;
    sums.error += Math.abs(actual - (median[index] ?? 0));
    sums.naiveError += Math.abs(actual - (values[origin - day + (index % day)] ?? 0));
    sums.covered += actual <= (upper[index] ?? 0) ? 1 : 0;
  }
}

/**
 * Rolling origin: forecasts from 20 moments spread over the last half of the trace, each knowing only what was before.
 * Undefined where the trace is too short for any.
 */
export function accuracyOf(trace: Trace, history: History, horizon: number): Accuracy | undefined {
  const length = trace.values.length;
  const last = length - Math.round(horizon / trace.interval);
  const first = Math.min(last, Math.floor(length / 2));
  const sums: Sums = { origins: 0, steps: 0, error: 0, naiveError: 0, covered: 0 };
  const spread = Array.from({ length: ORIGINS }, (_, index) =>
    Math.round(first + ((last - first) * index) / (ORIGINS - 1)),
  );
  for (const origin of new Set(spread)) if (origin > 0) judgeFrom(trace, history, origin, horizon, sums);
  const { origins, steps } = sums;
  if (steps === 0) return undefined;
  const [error, naiveError] = [sums.error / steps, sums.naiveError / steps];
  const relativeError = naiveError > 0 ? error / naiveError : null;
  return { origins, error, naiveError, relativeError, coverage90: sums.covered / steps };
}

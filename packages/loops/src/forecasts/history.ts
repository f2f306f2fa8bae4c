import type { MetricSignal } from "@headroom/decisions/config/signals";
import type { SignalAnswer } from "@headroom/decisions/model";

/** Seconds of a step of forecasts. CloudWatch keeps five-minute values for 63 days, one-minute ones for 15. */
export const STEP_SECONDS = 300;

/** The same signal in steps of a forecast, for its history. */
export function inSteps(signal: MetricSignal): MetricSignal {
  return { ...signal, period: Math.max(STEP_SECONDS, signal.period) };
}

/** Whether values add up over time: a sum of five minutes is five times that of one. */
function addsUp(signal: MetricSignal): boolean {
  if (signal.source === "cloudwatch") return signal.statistic === "Sum" || signal.statistic === "SampleCount";
  return Object.values(signal.metrics).every(({ statistic }) => statistic === "Sum" || statistic === "SampleCount");
}

/** What values over a longer period are to be divided by, to be in the unit of the signal's own. */
export function scaleOf(signal: MetricSignal, period: number): number {
  return addsUp(signal) ? period / signal.period : 1;
}

type Series = Extract<SignalAnswer, { is: "series" }>;

/** Datapoints as a history in the signal's own unit; what is no number is missing. */
export function historyOf(signal: MetricSignal, { points, period }: Series): { at: number[]; value: number[] } {
  const scale = scaleOf(signal, period);
  return {
    at: points.map(({ at }) => at),
    value: points.map(({ value }) => (typeof value === "number" ? value / scale : Number.NaN)),
  };
}

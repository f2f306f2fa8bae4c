import type { Fleet } from "@headroom/decisions/config/fleet";
import type { MetricSignal } from "@headroom/decisions/config/signals";
import { type Kept, likeCloudWatch, type Metric } from "./metrics.ts";

/** The metrics that a signal is made of. */
function metricsOf(signal: MetricSignal): Metric[] {
  return signal.source === "math" ? Object.values(signal.metrics) : [signal];
}

/** Of a target, the metrics that its forecasts learn from, and how far back, in seconds. */
export function historiesOf(target: Fleet["targets"][string]): Kept[] {
  return target.policies.flatMap((policy) => {
    if (policy.kind !== "predictive") return [];
    // What is read now has to be there still when it is as old as the history is long.
    const retention = policy.history + likeCloudWatch.retention;
    return metricsOf(policy.signal).map(({ namespace, metric, dimensions }) => ({
      ...{ metric: { namespace, metric, dimensions }, retention },
    }));
  });
}

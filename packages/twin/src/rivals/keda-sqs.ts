import type { Contender } from "../backtest/autoscaler.ts";
import { createBehaviour, SYNC_SECONDS, TOLERANCE } from "./hpa-behaviour.ts";

// KEDA's aws-sqs-queue scaler with its HPA (kedacore/keda, pkg/scalers/aws_sqs_queue_scaler.go): the metric is visible
// plus in-flight messages (`scaleOnInFlight` true, `scaleOnDelayed` false), an AverageValue target of `queueLength`
// messages a pod, so `ceil(total / queueLength)`, nothing within 10 % of it. Between 1 and N pods the HPA's 15 s rule.
// Assumed: metrics are not cached, so each sync sees the queue as it is. The setting is given as seconds of one pod's
// work, since 5 messages (KEDA's default) mean nothing without knowing how long one takes.

/** @param perUnit messages a second that one unit works off */
export function kedaSqs(perUnit: number): Contender {
  return {
    policy: "keda-sqs",
    setting: "queueLength, as seconds of one pod's work",
    standard: 60,
    range: [0.2, 3600],
    create(seconds, bounds) {
      const behaviour = createBehaviour(bounds);
      const queueLength = seconds * perUnit;
      return {
        every: SYNC_SECONDS,
        decide({ queue, desired }) {
          const total = queue.visible + queue.inFlight;
          const ratio = total / (queueLength * Math.max(1, desired));
          const recommended = Math.abs(ratio - 1) <= TOLERANCE ? desired : Math.ceil(total / queueLength - 1e-9);
          return behaviour(recommended, desired);
        },
      };
    },
  };
}

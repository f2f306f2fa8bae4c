import { wholeUnits } from "@headroom/decisions/capacity";
import type { Contender } from "../backtest/autoscaler.ts";
import { createBehaviour, isWithinTolerance, SYNC_SECONDS } from "./hpa-behaviour.ts";

// KEDA's aws-sqs-queue scaler with its HPA (kedacore/keda, pkg/scalers/aws_sqs_queue_scaler.go): the metric is visible
// plus in-flight messages (`scaleOnInFlight` true, `scaleOnDelayed` false), an AverageValue target of `queueLength`
// messages a pod, so `ceil(total / queueLength)`, nothing within 10 % of it. Between 1 and N pods the HPA's 15 s rule.
// Assumed: metrics are not cached, so each sync sees the queue as it is; the search may set fractions of a message, where
// KEDA takes whole numbers.

const DEFAULT_QUEUE_LENGTH = 5;
const LONGEST_SECONDS = 3600;

/** @param perUnit messages a second that one unit works off, one at a time */
export function kedaSqs(perUnit: number): Contender {
  return {
    policy: "keda-sqs",
    rule: "visible and in-flight messages as they are, every 15 s; HPA's tolerance and default behaviour",
    setting: "queueLength",
    standard: DEFAULT_QUEUE_LENGTH,
    range: [0.2, Math.max(10 * DEFAULT_QUEUE_LENGTH, LONGEST_SECONDS * perUnit)],
    create(queueLength, bounds) {
      const behaviour = createBehaviour(bounds);
      return {
        every: SYNC_SECONDS,
        decide({ queue, desired }) {
          const total = queue.visible + queue.inFlight;
          const ratio = total / (queueLength * Math.max(1, desired));
          const recommended = isWithinTolerance(ratio) ? desired : wholeUnits(total / queueLength);
          return behaviour(recommended, desired);
        },
      };
    },
  };
}

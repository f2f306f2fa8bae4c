import type { Signal } from "@headroom/decisions/config/signals";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";

/** To read metrics, of whatever. */
export const METRICS: Grant = {
  actions: ["cloudwatch:GetMetricData"],
  ...{ resources: ["*"], why: "CloudWatch has no resource level for metrics" },
};

/** The permissions that reading these signals takes. */
export function signalGrants(signals: readonly Signal[], where: Where): Grant[] {
  const queues = signals.flatMap((signal) => (signal.source === "queue" ? [signal.queue] : []));
  const actions = ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"];
  return [
    ...(signals.length > queues.length ? [METRICS] : []),
    ...queues.map((queue) => ({ actions, resources: [arn("sqs", queue, where)] })),
  ];
}

import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import type { GivenMetric } from "../../contract/world/account.ts";
import type { SeedClients } from "./clients.ts";

/** Publishes each value of a metric as a sample of its own. @param minute seconds since the epoch, from which `ago` counts */
export async function publish({ cloudwatch }: SeedClients, given: GivenMetric, minute: number): Promise<void> {
  const { namespace, metric, dimensions = {}, samples } = given;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const MetricData = samples.flatMap(({ ago, values }) =>
    values.map((Value) => ({ MetricName: metric, Dimensions, Timestamp: new Date((minute - ago) * 1000), Value })),
  );
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
}

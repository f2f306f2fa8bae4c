import { DIMENSION, NAMESPACE, PASS_METRICS } from "../functions/pass.ts";
import { forecasts } from "./forecasts.ts";
import { alarm, shard, tick } from "./functions.ts";
import { deadLetters, shards, woken } from "./queues.ts";
import { named, region } from "./stage.ts";
import { table } from "./table.ts";
import { alarms } from "./wake.ts";
import { watches } from "./watch.ts";

type Metric = ($util.Input<string> | { stat?: string; label?: string; yAxis?: "right" })[];

const functions = [tick, shard, alarm, ...Object.values(forecasts.functions)];
const queues = [shards, woken, deadLetters];

const place = (index: number) => ({ x: (index % 2) * 12, y: 6 * Math.floor(index / 2), width: 12, height: 6 });

const charts: { title: string; metrics: Metric[] }[] = [
  {
    title: "Passes over the fleet",
    metrics: functions.map(({ name }) => ["AWS/Lambda", "Invocations", "FunctionName", name, { stat: "Sum" }]),
  },
  {
    title: "What became of targets",
    metrics: [tick, shard, alarm].flatMap(({ name }) =>
      PASS_METRICS.map((count): Metric => [NAMESPACE, count, DIMENSION, name, { stat: "Sum", label: count }]),
    ),
  },
  {
    title: "Passes that failed, or were not let run",
    metrics: functions.flatMap(({ name }) => [
      ["AWS/Lambda", "Errors", "FunctionName", name, { stat: "Sum" }],
      ["AWS/Lambda", "Throttles", "FunctionName", name, { stat: "Sum" }],
    ]),
  },
  {
    title: "Milliseconds a pass takes",
    metrics: functions.flatMap(({ name }) => [
      ["AWS/Lambda", "Duration", "FunctionName", name, { stat: "p50" }],
      ["AWS/Lambda", "Duration", "FunctionName", name, { stat: "Maximum" }],
    ]),
  },
  {
    title: "Messages that wait, and for how many seconds",
    metrics: queues.flatMap(({ nodes: { queue } }) => [
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.name, { stat: "Maximum" }],
      ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue.name, { stat: "Maximum", yAxis: "right" }],
    ]),
  },
  {
    title: "What the table is used for",
    metrics: ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"].map((metric) => [
      ...["AWS/DynamoDB", metric, "TableName", table.name],
      { stat: "Sum" },
    ]),
  },
];

export const dashboard = new aws.cloudwatch.Dashboard("Dashboard", {
  dashboardName: named("dashboard"),
  dashboardBody: $jsonStringify({
    widgets: [
      ...charts.map((properties, index) => ({
        type: "metric",
        ...place(index),
        properties: { ...properties, region, period: 60, view: "timeSeries" },
      })),
      {
        type: "alarm",
        ...place(charts.length),
        properties: { title: "Alarms", alarms: [...watches, ...alarms].map(({ arn }) => arn) },
      },
    ],
  }),
});

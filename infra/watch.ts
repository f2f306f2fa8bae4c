import { forecasts } from "./forecasts.ts";
import { alarm, shard, tick } from "./functions.ts";
import { topic } from "./notifications.ts";
import { deadLetters, shards, woken } from "./queues.ts";
import { named } from "./stage.ts";

// The control plane is watched. Whatever is wrong with it is told to the topic of notifications.

type Condition = Omit<aws.cloudwatch.MetricAlarmArgs, "comparisonOperator">;

const watch = (what: string, condition: Condition) =>
  new aws.cloudwatch.MetricAlarm(`Watch-${what}`, {
    name: named(what),
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
    alarmActions: [topic.arn],
    okActions: [topic.arn],
    ...condition,
  });

const minutes = (of: number, need: number) => ({ period: 60, evaluationPeriods: of, datapointsToAlarm: need });

const invocations = (metricName: string) => ({
  metric: { namespace: "AWS/Lambda", metricName, dimensions: { FunctionName: tick.name }, stat: "Sum", period: 60 },
});

/** Ticks that ended well. That there is nothing to count is what this is about: silence breaches. */
const heartbeat = watch("heartbeat", {
  alarmDescription: "No tick has ended well for five minutes: Headroom does not look after the fleet.",
  metricQueries: [
    { id: "started", ...invocations("Invocations") },
    { id: "failed", ...invocations("Errors") },
    { id: "missed", expression: "1 - (started - failed)", label: "Ticks that are missing", returnData: true },
  ],
  evaluationPeriods: 5,
  datapointsToAlarm: 5,
  treatMissingData: "breaching",
});

const buried = watch("dead-letters", {
  alarmDescription: "There are dead letters: each says why it could not be worked off.",
  namespace: "AWS/SQS",
  metricName: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: deadLetters.nodes.queue.name },
  statistic: "Maximum",
  ...minutes(1, 1),
});

const ofFunctions = Object.entries({ tick, shard, alarm, ...forecasts.functions }).flatMap(
  ([name, { name: FunctionName }]) => [
    watch(`${name}-errors`, {
      alarmDescription: `The function ${name} fails: its log says why.`,
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName },
      statistic: "Sum",
      ...minutes(5, 3),
    }),
    watch(`${name}-throttles`, {
      alarmDescription: `The function ${name} is not let run: another pass takes too long, or the account is at its limit.`,
      namespace: "AWS/Lambda",
      metricName: "Throttles",
      dimensions: { FunctionName },
      statistic: "Sum",
      ...minutes(5, 3),
    }),
  ],
);

const ofQueues = Object.entries({ shards, woken }).map(([name, queue]) =>
  watch(`${name}-age`, {
    alarmDescription: `Messages in the queue ${name} wait for over two minutes.`,
    namespace: "AWS/SQS",
    metricName: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: queue.nodes.queue.name },
    statistic: "Maximum",
    threshold: 120,
    ...minutes(3, 2),
  }),
);

export const watches = [heartbeat, buried, ...ofFunctions, ...ofQueues];

import { DIMENSION, NAMESPACE, type PassCounts } from "../functions/pass.ts";
import { parts } from "./fleet.ts";
import { forecasts } from "./forecasts.ts";
import { alarm, shard, tick } from "./functions.ts";
import { topic } from "./notifications.ts";
import { deadLetters, shards, woken } from "./queues.ts";
import { named } from "./stage.ts";

// The control plane is watched. Whatever is wrong with it is told to the topic of notifications.

type Condition = Partial<aws.cloudwatch.MetricAlarmArgs> & { evaluationPeriods: number };

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

/** What passes over the fleet say of themselves: a small fleet's tick makes them itself, a large one's leaves them to shards. */
const passed = (metricName: keyof PassCounts) => ({
  namespace: NAMESPACE,
  metricName,
  dimensions: { [DIMENSION]: (parts > 1 ? shard : tick).name },
  statistic: "Sum",
});

/** Passes that ended, one a minute for each part of the fleet. That there is nothing to count is what this is about. */
const heartbeat = watch("heartbeat", {
  alarmDescription:
    "For five minutes not every part of the fleet was looked at: Headroom does not look after all of it.",
  ...passed("Passes"),
  comparisonOperator: "LessThanThreshold",
  threshold: parts,
  ...minutes(5, 5),
  treatMissingData: "breaching",
});

const failed = watch("failed-targets", {
  alarmDescription:
    "For ten minutes there were targets whose capacity could not be read or set: their records say why.",
  ...passed("Failed"),
  ...minutes(10, 10),
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

export const watches = [heartbeat, failed, buried, ...ofFunctions, ...ofQueues];

import { alarmName } from "@headroom/decisions/alarms";
import type { CloudwatchSignal } from "@headroom/decisions/config/signals";
import type { WakeAlarm } from "@headroom/decisions/wake";
import { fleet } from "../functions/lambda/fleet.ts";
import { wakes } from "./fleet.ts";
import { forecasts } from "./forecasts.ts";
import { attention } from "./notifications.ts";
import { deadLetters, woken } from "./queues.ts";
import { named } from "./stage.ts";

type Statistic = CloudwatchSignal["statistic"];
const statisticOf = (statistic: Statistic) =>
  statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic };

type Math = Extract<WakeAlarm["signal"], { source: "math" }>;
const queriesOf = ({ metrics, expression, period }: Math) => [
  ...Object.entries(metrics).map(([id, { namespace, metric, dimensions, statistic }]) => ({
    id,
    metric: { namespace, metricName: metric, dimensions, stat: statistic, period },
  })),
  { id: "headroom_load", expression, label: "load", returnData: true },
];

/** What the alarm looks at: one metric, or what several come to. */
const loadOf = ({ signal }: WakeAlarm) =>
  signal.source === "math"
    ? { metricQueries: queriesOf(signal) }
    : {
        namespace: signal.namespace,
        metricName: signal.metric,
        dimensions: signal.dimensions,
        ...statisticOf(signal.statistic),
        period: signal.period,
      };

/** One alarm for each target that asks for it with `wake: "alarm"`. */
export const alarms = wakes.map(
  (wake) =>
    new aws.cloudwatch.MetricAlarm(`Wake-${wake.target}`, {
      name: wake.name,
      alarmDescription: `Has Headroom look at ${wake.target} at once. Nobody is told.`,
      ...loadOf(wake),
      evaluationPeriods: 1,
      threshold: wake.threshold,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "missing",
    }),
);

/** Alarms say what they do on the account's own bus, whether anybody asked or not. */
export const rule = new aws.cloudwatch.EventRule("Alarms", {
  name: named("alarms"),
  description: "Alarms that wake a target",
  eventPattern: $jsonStringify({
    source: ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    detail: {
      alarmName: [{ prefix: alarmName({ stage: $app.stage, fleet: fleet.name }, "") }],
      state: { value: ["ALARM"] },
    },
  }),
});

new aws.cloudwatch.EventTarget("AlarmsTarget", {
  rule: rule.name,
  arn: woken.arn,
  // The next tick looks at the target anyway.
  retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 3 },
  deadLetterConfig: { arn: deadLetters.arn },
});

const mayBeSentBy = (queue: sst.aws.Queue, rules: aws.cloudwatch.EventRule[]) =>
  aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ["sqs:SendMessage"],
        resources: [queue.arn],
        principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
        conditions: [{ test: "ArnEquals", variable: "aws:SourceArn", values: rules.map(({ arn }) => arn) }],
      },
    ],
  }).json;

new aws.sqs.QueuePolicy("WokenPolicy", { queueUrl: woken.url, policy: mayBeSentBy(woken, [rule]) });
new aws.sqs.QueuePolicy("DeadLettersPolicy", {
  queueUrl: deadLetters.url,
  policy: mayBeSentBy(deadLetters, [rule, attention, ...forecasts.rules]),
});

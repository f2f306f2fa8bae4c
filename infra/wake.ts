import { alarmName } from "@headroom/decisions/alarms";
import { fleet } from "../functions/lambda/fleet.ts";
import { wakes } from "./fleet.ts";
import { attention } from "./notifications.ts";
import { deadLetters, woken } from "./queues.ts";
import { named } from "./stage.ts";

const operators = { above: "GreaterThanThreshold", atOrAbove: "GreaterThanOrEqualToThreshold" };

/** One alarm for each target that asks for it with `wake: "alarm"`. */
export const alarms = wakes.map(
  ({ target, name, signal, period, comparison, threshold }) =>
    new aws.cloudwatch.MetricAlarm(`Wake-${target}`, {
      name,
      alarmDescription: `Has Headroom look at ${target} at once. Nobody is told.`,
      namespace: signal.namespace,
      metricName: signal.metric,
      dimensions: signal.dimensions,
      ...(signal.statistic.startsWith("p") ? { extendedStatistic: signal.statistic } : { statistic: signal.statistic }),
      period,
      evaluationPeriods: 1,
      threshold,
      comparisonOperator: operators[comparison],
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
    detail: { alarmName: [{ prefix: alarmName(fleet.name, "") }], state: { value: ["ALARM"] } },
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
  policy: mayBeSentBy(deadLetters, [rule, attention]),
});

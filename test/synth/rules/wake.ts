import { type WakeAlarm, wakeAlarms } from "@headroom/decisions/wake";
import type * as z from "zod";
import { sample } from "#events/alarm-state-changed";
import { every, kinds } from "../kinds.ts";
import { lets, partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

type Alarm = z.output<typeof kinds.alarm.inputs>;

/** What an alarm looks at, metric by metric, and how they are put together. */
function looksAt({ signal }: WakeAlarm) {
  const metrics = signal.source === "math" ? Object.values(signal.metrics) : [signal];
  const metric = metrics.map(({ namespace, metric, dimensions, statistic }) => ({
    ...{ namespace, metricName: metric, dimensions, stat: statistic, period: signal.period },
  }));
  return { metrics: metric, expression: signal.source === "math" ? signal.expression : undefined };
}

/** The same of an alarm in the template. */
function metricsOf({ metricQueries, namespace, metricName, dimensions, period, ...alarm }: Alarm) {
  if (metricName === undefined) return metricQueries.flatMap(({ metric }) => metric ?? []);
  return [{ namespace, metricName, dimensions, stat: alarm.statistic ?? alarm.extendedStatistic, period }];
}

/** The alarms of the template that are not about Headroom itself, as far as CloudWatch looks at them. */
function found(template: Template) {
  return every(template, kinds.alarm)
    .filter(({ name }) => name.startsWith("headroom/"))
    .map((alarm) => ({
      ...{ name: alarm.name, metrics: metricsOf(alarm) },
      expression: alarm.metricQueries.find(({ expression }) => expression !== undefined)?.expression,
      ...{ threshold: alarm.threshold, operator: alarm.comparisonOperator, actions: alarm.alarmActions },
      ...{ periods: alarm.evaluationPeriods, missing: alarm.treatMissingData },
    }));
}

/** One alarm for each target that asks for it, as its policies say, and none for the others. */
export function wakeAlarmsOnly(template: Template): string[] {
  const asked = wakeAlarms(template.fleet, template.stage).map((alarm) => ({
    ...{ name: alarm.name, ...looksAt(alarm), threshold: alarm.threshold },
    ...{ operator: "GreaterThanThreshold", actions: [], periods: 1, missing: "missing" },
  }));
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  return unlessSame(found(template).sort(byName), asked.sort(byName), "the alarms that wake targets");
}

/** An alarm's change of state gets to the queue, and to nobody else's. */
export function wakeWiring(template: Template): string[] {
  const { woken, deadLetters, bus } = partsOf(template);
  const target = every(template, kinds.target).find(({ arn }) => arn === woken.arn);
  const rule = every(template, kinds.rule).find(({ name }) => name === target?.rule);
  if (target === undefined || rule === undefined) return ["alarms do not get to the queue"];
  const policies = every(template, kinds.queuePolicy);
  const ofQueue = (url: string) => policies.filter(({ queueUrl }) => queueUrl === url).flatMap(({ policy }) => policy);
  const sends = { service: "events.amazonaws.com", action: "sqs:SendMessage", source: rule.arn };
  const pattern = {
    source: [sample.source],
    "detail-type": [sample["detail-type"]],
    detail: {
      alarmName: [{ prefix: `headroom/${template.stage}/${template.fleet.name}/` }],
      state: { value: ["ALARM"] },
    },
  };
  return [
    ...unlessSame(rule.eventPattern, pattern, "which alarms get to the queue"),
    ...unless(rule.eventBusName === undefined && target.eventBusName === undefined, `alarms are not on ${bus.id}`),
    ...unless(lets(ofQueue(woken.id), { ...sends, on: woken.arn }), "EventBridge may not send to the queue of alarms"),
    ...unlessSame(target.deadLetterConfig?.arn, deadLetters.arn, "where alarms go that cannot be delivered"),
    ...unless(
      lets(ofQueue(deadLetters.id), { ...sends, on: deadLetters.arn }),
      "EventBridge may not leave a dead letter",
    ),
  ];
}

import * as z from "zod";
import { every, kinds } from "../kinds.ts";
import { partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

function watchesOf(template: Template) {
  return every(template, kinds.alarm).filter(({ name }) => !name.startsWith("headroom/"));
}

/** Every alarm about Headroom itself tells somebody, and does not go off for want of something to count. */
export function watches(template: Template): string[] {
  const { topic } = partsOf(template);
  return watchesOf(template).flatMap(({ name, alarmActions, treatMissingData, logical }) => [
    ...unlessSame(alarmActions, [topic.arn], `whom ${name} tells`),
    ...unlessSame(
      treatMissingData,
      logical === "Watch-heartbeat" ? "breaching" : "notBreaching",
      `${name} without data`,
    ),
  ]);
}

/** Dead letters, errors and throttles of each function, the age of each queue, and a heartbeat. */
export function watched(template: Template): string[] {
  const { functions, shards, woken, deadLetters } = partsOf(template);
  const all = watchesOf(template);
  const isWatched = (metric: string, of: string, most: number) =>
    all.some(
      ({ metricName, dimensions, threshold, comparisonOperator }) =>
        metricName === metric &&
        Object.values(dimensions).includes(of) &&
        threshold <= most &&
        comparisonOperator === "GreaterThanThreshold",
    );
  const heartbeat = all.find(({ logical }) => logical === "Watch-heartbeat");
  const counted = heartbeat?.metricQueries.flatMap(({ metric }) => metric?.metricName ?? []);
  return [
    ...functions.flatMap(({ name }) => [
      ...unless(isWatched("Errors", name, 0), `nobody is told of errors of ${name}`),
      ...unless(isWatched("Throttles", name, 0), `nobody is told of throttles of ${name}`),
    ]),
    ...[shards, woken].flatMap(({ name }) =>
      unless(isWatched("ApproximateAgeOfOldestMessage", name, 300), `nobody is told when messages wait in ${name}`),
    ),
    ...unless(isWatched("ApproximateNumberOfMessagesVisible", deadLetters.name, 0), "nobody is told of dead letters"),
    ...unlessSame(counted, ["Invocations", "Errors"], "what the heartbeat counts"),
    ...unless((heartbeat?.evaluationPeriods ?? 60) <= 10, "the heartbeat is missed for too long"),
  ];
}

const widget = z.object({
  type: z.string(),
  properties: z.object({
    metrics: z.array(z.tuple([z.string(), z.string(), z.string(), z.string()], z.unknown())).default([]),
    alarms: z.array(z.string()).default([]),
  }),
});

/** The dashboard shows what is there, and all the alarms. */
export function dashboard(template: Template): string[] {
  const { widgets } = z.object({ widgets: z.array(widget) }).parse(every(template, kinds.dashboard)[0]?.dashboardBody);
  const { functions, shards, woken, deadLetters, table } = partsOf(template);
  const names = new Set([...functions, shards, woken, deadLetters, table].map(({ name }) => name));
  const shown = widgets.flatMap(({ properties }) => properties.metrics.map(([, , , name]) => name));
  const alarms = every(template, kinds.alarm).map(({ arn }) => arn);
  return [
    ...shown.flatMap((name) => unless(names.has(name), `the dashboard shows ${name}, which is not there`)),
    ...unlessSame(
      [...names].filter((name) => !shown.includes(name)),
      [],
      "what the dashboard does not show",
    ),
    ...unlessSame(
      widgets.flatMap(({ properties }) => properties.alarms).sort(),
      alarms.sort(),
      "the dashboard's alarms",
    ),
  ];
}

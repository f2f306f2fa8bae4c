import { shardsOf } from "@headroom/loops/shards";
import * as z from "zod";
import { logPass, type PassCounts } from "#functions/pass";
import { context, keptLog } from "../../builders/lambda.ts";
import { every, kinds } from "../kinds.ts";
import { partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

const MINUTE = 60;

const emf = z.object({
  Namespace: z.string(),
  Dimensions: z.tuple([z.array(z.string())]),
  Metrics: z.array(z.object({ Name: z.string() })),
});
const passLine = z.looseObject({ _aws: z.object({ CloudWatchMetrics: z.tuple([emf]) }) });

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

type Alarm = ReturnType<typeof watchesOf>[number];

/** For so many minutes something may go on before an alarm says so. */
const MOST_MINUTES = 10;

function isQuick({ period = 0, evaluationPeriods, datapointsToAlarm = evaluationPeriods }: Alarm): boolean {
  return period === MINUTE && evaluationPeriods <= MOST_MINUTES && datapointsToAlarm <= evaluationPeriods;
}

/** Whether an alarm goes off about one datapoint; without one, about the lack of it. */
function breaches({ comparisonOperator, threshold, treatMissingData }: Alarm, value: number | undefined): boolean {
  if (value === undefined) return treatMissingData === "breaching";
  return comparisonOperator === "GreaterThanThreshold" ? value > threshold : value < threshold;
}

type Watched = { namespace: string; metric: string; dimensions: Record<string, string>; statistic: string };

/** The alarms on exactly this, that go off when they should: within ten minutes, and at `above`. */
function isWatched(alarms: readonly Alarm[], of: Watched, most: number): boolean {
  return alarms.some(
    (alarm) =>
      alarm.namespace === of.namespace &&
      alarm.metricName === of.metric &&
      JSON.stringify(alarm.dimensions) === JSON.stringify(of.dimensions) &&
      alarm.statistic === of.statistic &&
      isQuick(alarm) &&
      breaches(alarm, most + 1) &&
      !breaches(alarm, 0),
  );
}

/** A metric that a function makes of its passes, in the namespace and with the dimension that it writes in its log. */
function passMetric(metric: keyof PassCounts, { name }: { name: string }): Watched {
  const { log, lines } = keptLog();
  logPass(log, { ...context(), functionName: name }, 0, []);
  const { _aws, ...fields } = passLine.parse(lines[0]?.[2]);
  const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
  const named = Metrics.find(({ Name }) => Name === metric && fields[Name] !== undefined);
  const dimensions = Object.fromEntries(Dimensions[0].map((key) => [key, String(fields[key])]));
  return { namespace: Namespace, metric: named?.Name ?? "", dimensions, statistic: "Sum" };
}

/** Every part of the fleet counts its passes: one fewer, or nothing to count, is what the heartbeat is about. */
function heartbeats(template: Template): string[] {
  const { tick, shard } = partsOf(template);
  const heartbeat = watchesOf(template).find(({ logical }) => logical === "Watch-heartbeat");
  if (heartbeat === undefined) return ["there is no heartbeat"];
  const parts = shardsOf(template.fleet).length;
  const { namespace = "", metricName: metric = "", dimensions, statistic = "" } = heartbeat;
  const goesOff = [parts + 1, parts, parts - 1, 0, undefined].map((passes) => breaches(heartbeat, passes));
  return [
    ...unlessSame(
      { namespace, metric, dimensions, statistic },
      passMetric("Passes", parts > 1 ? shard : tick),
      "what the heartbeat counts",
    ),
    ...unlessSame(goesOff, [false, false, true, true, true], "when the heartbeat goes off"),
    ...unless(isQuick(heartbeat), "the heartbeat is missed for too long"),
  ];
}

/** Dead letters, errors and throttles of each function, the age of each queue, targets that fail, and a heartbeat. */
export function watched(template: Template): string[] {
  const { functions, shards, woken, deadLetters, tick, shard } = partsOf(template);
  const all = watchesOf(template);
  const ofFunction = (metric: string, FunctionName: string) =>
    isWatched(all, { namespace: "AWS/Lambda", metric, dimensions: { FunctionName }, statistic: "Sum" }, 0);
  const ofQueue = (metric: string, QueueName: string, most: number) =>
    isWatched(all, { namespace: "AWS/SQS", metric, dimensions: { QueueName }, statistic: "Maximum" }, most);
  const passing = shardsOf(template.fleet).length > 1 ? shard : tick;
  return [
    ...functions.flatMap(({ name }) => [
      ...unless(ofFunction("Errors", name), `nobody is told of errors of ${name}`),
      ...unless(ofFunction("Throttles", name), `nobody is told of throttles of ${name}`),
    ]),
    ...[shards, woken].flatMap(({ name }) =>
      unless(ofQueue("ApproximateAgeOfOldestMessage", name, 300), `nobody is told when messages wait in ${name}`),
    ),
    ...unless(ofQueue("ApproximateNumberOfMessagesVisible", deadLetters.name, 0), "nobody is told of dead letters"),
    ...unless(isWatched(all, passMetric("Failed", passing), 0), "nobody is told of targets that fail"),
    ...heartbeats(template),
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

import * as z from "zod";
import { duration, rememberedLooks } from "./duration.ts";
import { checkExpression, METRIC_ID } from "./expression.ts";

const range = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, "needs [low, high] with low < high");

const SUB_MINUTE = [1, 5, 10, 20, 30];

/** CloudWatch has periods of a few seconds for high-resolution metrics, and else of whole minutes. */
function isPeriod(seconds: number): boolean {
  return SUB_MINUTE.includes(seconds) || (seconds > 0 && seconds % 60 === 0);
}

const period = rememberedLooks.refine(
  isPeriod,
  "is no period that CloudWatch has: 1, 5, 10, 20 or 30 s, or whole minutes",
);

/** CloudWatch refuses a whole call for one dimension that is empty: so would be every target of the same period. */
const dimensionText = z.string().regex(/\S/, "is empty: CloudWatch's dimensions have names and values");

/** What is read: one statistic of one metric. */
const question = {
  namespace: z.string().min(1),
  metric: z.string().min(1),
  dimensions: z.record(dimensionText, dimensionText).default({}),
  statistic: z.enum(["Average", "Sum", "Maximum", "Minimum", "SampleCount", "p50", "p90", "p95", "p99"]),
};

/** When an answer is believed. */
const judgement = {
  period: period.default(60),
  /** How long after its end a period may still change: its datapoint is not used before. */
  delay: duration.default(0),
  /** A datapoint whose period ended longer ago than this is stale. */
  maxAge: rememberedLooks.default(300),
  /** Values that can be true. Above it a value counts as the upper end for raising and not at all for lowering. */
  range: range.optional(),
  /** How far back a policy looks beyond the newest datapoint; policies that need it set it themselves. */
  history: duration.default(0),
  /** The metric only ever grows until it is reset: what counts is its growth from one period to the next. */
  counter: z.boolean().default(false),
};

/** A metric whose presence proves that the source of another one reports. */
const sibling = z.strictObject({ source: z.literal("cloudwatch"), ...question, ...judgement });

/** What no datapoint means: nothing, or 0 while this sibling, which lives with it, reports (error counts). */
const absence = { zeroWhile: sibling.optional() };

/** A CloudWatch metric, read as one statistic a period. */
export const cloudwatchSignal = z.strictObject({
  source: z.literal("cloudwatch"),
  ...question,
  ...judgement,
  ...absence,
});
export type CloudwatchSignal = z.infer<typeof cloudwatchSignal>;

const metricId = z.string().regex(METRIC_ID, "is not an id: CloudWatch wants a-z first, then a-z, A-Z, 0-9 and _");

function isNotEmpty(metrics: Record<string, unknown>): boolean {
  return Object.keys(metrics).length > 0;
}

const mathMetric = z.strictObject(question);

/** Metric math: arithmetic over metrics that CloudWatch itself evaluates, of one value a period. */
export const mathSignal = z
  .strictObject({
    source: z.literal("math"),
    /** In CloudWatch's syntax, over the ids of `metrics`: "requests / FILL(hosts, REPEAT)". */
    expression: z.string().min(1),
    metrics: z.record(metricId, mathMetric).refine(isNotEmpty, "is empty: describe what the expression is about"),
    ...judgement,
    ...absence,
  })
  .superRefine(checkExpression);
export type MathSignal = z.infer<typeof mathSignal>;

/** What CloudWatch answers with one series of datapoints. */
export const metricSignal = z.discriminatedUnion("source", [cloudwatchSignal, mathSignal]);
export type MetricSignal = z.infer<typeof metricSignal>;

/** A metric whose values over a stretch of time are put together: of a counter that only grows they would say nothing. */
export const countedSignal = metricSignal.refine(({ counter }) => !counter, {
  path: ["counter"],
  error: "is for a value that only grows: here it takes what was counted in each period",
});

/** The attributes of one SQS queue, read directly (visible, in flight, delayed). */
export type QueueSignal = { source: "queue"; queue: string; maxAge: number };

export type Signal = MetricSignal | QueueSignal;

type Question = { namespace: string; metric: string; dimensions: Record<string, string>; statistic: string };

function questionKey({ namespace, metric, dimensions, statistic }: Question): string {
  const names = Object.keys(dimensions);
  const sorted = (names.length > 1 ? names.sort() : names).map((name) => `${name}=${dimensions[name]}`).join(",");
  return `${namespace} ${metric} {${sorted}} ${statistic}`;
}

function mathKey({ expression, metrics }: MathSignal): string {
  const named = Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${expression} where ${named.map(([id, metric]) => `${id} = ${questionKey(metric)}`).join("; ")}`;
}

/** What identifies a signal in answers and records: the same text for the same question. */
export function signalKey(signal: Signal): string {
  switch (signal.source) {
    case "queue":
      return `queue ${signal.queue}`;
    case "math":
      return `${mathKey(signal)} ${signal.period}s`;
    case "cloudwatch":
      return `${questionKey(signal)} ${signal.period}s`;
  }
}

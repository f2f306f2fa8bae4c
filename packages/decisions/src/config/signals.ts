import * as z from "zod";
import { duration } from "./duration.ts";

const range = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, "needs [low, high] with low < high");

const SUB_MINUTE = [1, 5, 10, 20, 30];

/** CloudWatch has periods of a few seconds for high-resolution metrics, and else of whole minutes. */
function isPeriod(seconds: number): boolean {
  return SUB_MINUTE.includes(seconds) || (seconds > 0 && seconds % 60 === 0);
}

const period = duration.refine(isPeriod, "is no period that CloudWatch has: 1, 5, 10, 20 or 30 s, or whole minutes");

const metric = {
  source: z.literal("cloudwatch"),
  namespace: z.string().min(1),
  metric: z.string().min(1),
  dimensions: z.record(z.string(), z.string()).default({}),
  statistic: z.enum(["Average", "Sum", "Maximum", "Minimum", "SampleCount", "p50", "p90", "p95", "p99"]),
  period: period.default(60),
  /** How long after its end a period may still change: its datapoint is not used before. */
  delay: duration.default(0),
  /** A datapoint whose period ended longer ago than this is stale. */
  maxAge: duration.default(300),
  /** Values that can be true. Above it a value counts as the upper end for raising and not at all for lowering. */
  range: range.optional(),
  /** How far back a policy looks beyond the newest datapoint; policies that need it set it themselves. */
  history: duration.default(0),
  /** The metric only ever grows until it is reset: what counts is its growth from one period to the next. */
  counter: z.boolean().default(false),
};

/** A metric whose presence proves that the source of another one reports. */
const sibling = z.strictObject(metric);

/** A CloudWatch metric, read as one statistic a period. */
export const cloudwatchSignal = z.strictObject({
  ...metric,
  /** What no datapoint means: nothing, or 0 while this sibling, which lives with it, reports (error counts). */
  zeroWhile: sibling.optional(),
});
export type CloudwatchSignal = z.infer<typeof cloudwatchSignal>;

/** The attributes of one SQS queue, read directly (visible, in flight, delayed). */
export type QueueSignal = { source: "queue"; queue: string; maxAge: number };

export type Signal = CloudwatchSignal | QueueSignal;

/** What identifies a signal in answers and records: the same text for the same question. */
export function signalKey(signal: Signal): string {
  if (signal.source === "queue") return `queue ${signal.queue}`;
  const names = Object.keys(signal.dimensions);
  const dimensions = (names.length > 1 ? names.sort() : names)
    .map((name) => `${name}=${signal.dimensions[name]}`)
    .join(",");
  return `${signal.namespace} ${signal.metric} {${dimensions}} ${signal.statistic} ${signal.period}s`;
}

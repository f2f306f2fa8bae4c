import * as z from "zod";
import { duration } from "./duration.ts";

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, "needs [low, high] with low < high");

/** A CloudWatch metric, read as one statistic a period. */
export const cloudwatchSignal = z.strictObject({
  source: z.literal("cloudwatch"),
  namespace: z.string().min(1),
  metric: z.string().min(1),
  dimensions: z.record(z.string(), z.string()).default({}),
  statistic: z.enum(["Average", "Sum", "Maximum", "Minimum", "SampleCount", "p50", "p90", "p95", "p99"]),
  period: duration.default(60),
  /** How long after its end a period may still change: its datapoint is not used before. */
  delay: duration.default(0),
  /** A datapoint whose period ended longer ago than this is stale. */
  maxAge: duration.default(300),
  /** Values that can be true. Above it a value counts as the upper end for raising and not at all for lowering. */
  range: range.optional(),
});
export type CloudwatchSignal = z.infer<typeof cloudwatchSignal>;

/** The attributes of one SQS queue, read directly (visible, in flight, delayed). */
export const queueSignal = z.strictObject({
  source: z.literal("queue"),
  /** Name of the queue, in the target's account and Region. */
  queue: z.string().min(1),
  maxAge: duration.default(120),
});
export type QueueSignal = z.infer<typeof queueSignal>;

export const signal = z.discriminatedUnion("source", [cloudwatchSignal, queueSignal]);
export type Signal = z.infer<typeof signal>;

/** What identifies a signal in readings and records: the same text for the same question. */
export function signalKey(signal: Signal): string {
  if (signal.source === "queue") return `queue ${signal.queue}`;
  const dimensions = Object.entries(signal.dimensions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
  return `cloudwatch ${signal.namespace} ${signal.metric}{${dimensions}} ${signal.statistic} ${signal.period}s`;
}

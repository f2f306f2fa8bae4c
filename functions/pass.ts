import type { TickResult } from "@headroom/loops/tick";
import type { StoredRecord } from "@headroom/loops/world";
import type { Context } from "aws-lambda";
import type { Log } from "./edge.ts";

/** Where CloudWatch keeps the metrics of passes, by the function that made them. */
export const NAMESPACE = "Headroom";
export const DIMENSION = "function";

/** What a pass came to. */
export type PassCounts = {
  Passes: number;
  Targets: number;
  Held: number;
  Scaled: number;
  /** Targets whose capacity could not be read, or not be set. */
  Failed: number;
  /** Changes that wait for their turn at a busy API. */
  Waiting: number;
};

/** The counts that CloudWatch makes metrics of, at $0.30 a month each: the others are in the same line of the log. */
export const PASS_METRICS = ["Passes", "Scaled", "Failed"] as const satisfies readonly (keyof PassCounts)[];

function hasFailed({ decision, outcome }: StoredRecord): boolean {
  return outcome.is === "notDone" || (decision.is === "hold" && decision.at === null);
}

function countsOf(records: readonly StoredRecord[]): PassCounts {
  const count = (is: (record: StoredRecord) => boolean) => records.filter(is).length;
  return {
    Passes: 1,
    Targets: records.length,
    Held: count(({ decision }) => decision.is === "hold"),
    Scaled: count(({ outcome }) => outcome.is === "done"),
    Failed: count(hasFailed),
    Waiting: count(({ outcome }) => outcome.is === "waiting"),
  };
}

/**
 * A pass that ended, as one line that CloudWatch makes metrics of: AWS's "embedded metric format". `at` is in seconds and
 * is the instant that the metrics are for: when the pass was due, so that there are as many in every minute.
 */
export function logPass(log: Log, { functionName }: Context, at: number, records: readonly StoredRecord[]): void {
  const counts = countsOf(records);
  const Metrics = PASS_METRICS.map((Name) => ({ Name, Unit: "Count" }));
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [[DIMENSION]], Metrics }];
  log.info("pass", {
    _aws: { Timestamp: Math.round(at * 1000), CloudWatchMetrics },
    [DIMENSION]: functionName,
    ...counts,
  });
}

/** The same of a tick, if it was a pass: one that was split or superseded looked at nothing. */
export function logTick(log: Log, context: Context, result: TickResult): void {
  if (result.is === "ticked") logPass(log, context, result.at, result.records);
}

import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { MetricSignal } from "@headroom/decisions/config/signals";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html

/** Queries that one GetMetricData takes, those that only feed an expression included. */
export const QUERIES_A_CALL = 500;

type Statistic = { namespace: string; metric: string; dimensions: Record<string, string>; statistic: string };

function statOf(
  { namespace, metric, dimensions, statistic }: Statistic,
  period: number,
): MetricDataQuery["MetricStat"] {
  return {
    Metric: {
      ...{ Namespace: namespace, MetricName: metric },
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    ...{ Period: period, Stat: statistic },
  };
}

/** The words of an expression that name its metrics. Functions are upper case, ids begin with a lower-case letter. */
const ID = /\b[a-z][a-zA-Z0-9_]*\b/g;

/**
 * The queries for one signal: the one with the id `id` gives the answer. Ids are unique within a call, so the metrics of
 * an expression are called by new ones in it.
 */
export function queriesOf(signal: MetricSignal, id: string): MetricDataQuery[] {
  if (signal.source === "cloudwatch") return [{ Id: id, MetricStat: statOf(signal, signal.period), ReturnData: true }];
  const own = (name: string) => `${id}_${name}`;
  const known = new Set(Object.keys(signal.metrics));
  const expression = signal.expression.replaceAll(ID, (word) => (known.has(word) ? own(word) : word));
  return [
    { Id: id, Expression: expression, Period: signal.period, ReturnData: true },
    ...Object.entries(signal.metrics).map(([name, metric]) => ({
      ...{ Id: own(name), MetricStat: statOf(metric, signal.period), ReturnData: false },
    })),
  ];
}

/** What is asked in one call: signals of one period by the id of their answer, and the queries for all of them. */
export type Batch = { period: number; signals: Map<string, MetricSignal>; queries: MetricDataQuery[] };

function sizeOf(signal: MetricSignal): number {
  return signal.source === "math" ? 1 + Object.keys(signal.metrics).length : 1;
}

/** Signals in as few calls as may be. Those of one period go together: a call has one start, which is its multiple. */
export function batchesOf(signals: readonly MetricSignal[]): Batch[] {
  const batches: Batch[] = [];
  const open = new Map<number, Batch>();
  for (const signal of signals) {
    const { period } = signal;
    let batch = open.get(period);
    if (batch === undefined || batch.queries.length + sizeOf(signal) > QUERIES_A_CALL) {
      batch = { period, signals: new Map(), queries: [] };
      open.set(period, batch);
      batches.push(batch);
    }
    const id = `s${batch.signals.size}`;
    batch.signals.set(id, signal);
    batch.queries.push(...queriesOf(signal, id));
  }
  return batches;
}

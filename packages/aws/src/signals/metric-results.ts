import type { MessageData, MetricDataResult } from "@aws-sdk/client-cloudwatch";
import type { Point, SignalAnswer } from "@headroom/decisions/model";

function pointValue(value: number): Point["value"] {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "Infinity";
  return value === Number.NEGATIVE_INFINITY ? "-Infinity" : value;
}

function said(messages: readonly MessageData[] = []): string {
  return messages.map(({ Code = "", Value = "" }) => `${Code} ${Value}`.trim()).join("; ");
}

type Page = { MetricDataResults?: MetricDataResult[] | undefined; Messages?: MessageData[] | undefined };

/** What the pages said of one query: its datapoints so far, and how it stood on the last page that had it. */
type Gathered = { points: Map<number, number>; status: string | undefined; messages: MessageData[] };

/**
 * Gathers the results of one GetMetricData over its pages: a result may come in several parts, in any order, and with a
 * datapoint twice; only the status on its last page counts.
 */
export function gatherResults() {
  const results = new Map<string, Gathered>();
  const general: MessageData[] = [];

  function add({ Id: id, Timestamps = [], Values = [], StatusCode, Messages = [] }: MetricDataResult): void {
    if (id === undefined) return;
    const result = results.get(id) ?? { points: new Map<number, number>(), status: undefined, messages: [] };
    results.set(id, result);
    for (const [index, timestamp] of Timestamps.entries()) {
      const value = Values[index];
      if (value !== undefined) result.points.set(timestamp.getTime() / 1000, value);
    }
    result.status = StatusCode;
    result.messages.push(...Messages);
  }

  return {
    page({ MetricDataResults = [], Messages = [] }: Page): void {
      MetricDataResults.forEach(add);
      general.push(...Messages);
    },
    /** The answer to the query with this id: the periods that started at or after `since`. */
    answer(id: string, { period, since }: { period: number; since: number }): SignalAnswer {
      const result = results.get(id);
      if (result === undefined) {
        return { is: "failed", why: said(general) || "GetMetricData had no result for it" };
      }
      if (result.status !== "Complete") {
        const why = [result.status ?? "no status", said([...result.messages, ...general])].filter(
          (each) => each !== "",
        );
        return { is: "failed", why: `GetMetricData: ${why.join(": ")}` };
      }
      const points = [...result.points]
        .filter(([at]) => at >= since)
        .sort(([a], [b]) => a - b)
        .map(([at, value]): Point => ({ at, value: pointValue(value) }));
      return { is: "series", period, points };
    },
  };
}

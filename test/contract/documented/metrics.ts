import { cloudwatchSignal, mathSignal, type Signal, signalKey } from "@headroom/decisions/config/signals";
import * as z from "zod";
import { type Answer, json, jsonError } from "./server.ts";
import type { Vector } from "./vector.ts";

const API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference";
const GET = "cloudwatch:GetMetricData";
/** 2026-01-01T12:00:00Z */
const NOON = 1_767_268_800;

function signal(metric: string) {
  return cloudwatchSignal.decode({ source: "cloudwatch", namespace: "App", metric, statistic: "Sum" });
}
const math = mathSignal.decode({
  ...{ source: "math", expression: "errors / requests" },
  metrics: {
    errors: { namespace: "App", metric: "Errors", statistic: "Sum" },
    requests: { namespace: "App", metric: "Requests", statistic: "Sum" },
  },
});

const request = z.object({
  MetricDataQueries: z.array(
    z.object({
      Id: z.string(),
      ReturnData: z.boolean().default(true),
      Expression: z.string().optional(),
      MetricStat: z.object({ Metric: z.object({ MetricName: z.string() }) }).optional(),
    }),
  ),
});

/** What there is of one metric, or of the expression: points by the minutes since noon. */
type Result = { points?: [minute: number, value: number][]; status?: string; said?: string };

/** Answers the queries that ask for data, by the name of their metric; of what is not named there is nothing. */
function page(results: Record<string, Result>, NextToken?: string) {
  return (body: string): Answer => {
    const wanted = request.parse(JSON.parse(body)).MetricDataQueries.filter(({ ReturnData }) => ReturnData);
    const MetricDataResults = wanted.map(({ Id, MetricStat }) => {
      const { points = [], status = "Complete", said } = results[MetricStat?.Metric.MetricName ?? "expression"] ?? {};
      return {
        ...{ Id, Label: Id, StatusCode: status },
        Timestamps: points.map(([minute]) => NOON + minute * 60),
        Values: points.map(([, value]) => value),
        Messages: said === undefined ? [] : [{ Code: status, Value: said }],
      };
    });
    return json({ MetricDataResults, Messages: [], ...(NextToken === undefined ? {} : { NextToken }) });
  };
}

function reading(...signals: readonly Signal[]) {
  return async (world: Parameters<Vector["ask"]>[0]) => {
    const answers = await world.signals.read(signals, NOON);
    return signals.map((each) => answers.get(signalKey(each)));
  };
}

function series(...points: [minute: number, value: number][]) {
  return { is: "series", period: 60, points: points.map(([minute, value]) => ({ at: NOON + minute * 60, value })) };
}

const requests = signal("Requests");
const errors = signal("Errors");

export const metricVectors: Vector[] = [
  {
    what: "points come newest first, unless they are asked for otherwise",
    source: `${API}/API_GetMetricData.html`,
    emulators: "MiniStack gives them oldest first",
    script: {
      [GET]: [
        page({
          Requests: {
            points: [
              [2, 30],
              [1, 20],
              [0, 10],
            ],
          },
        }),
      ],
    },
    ask: reading(requests),
    gives: [series([0, 10], [1, 20], [2, 30])],
  },
  {
    what: "a series goes on over pages, its status PartialData until the last one",
    source: `${API}/API_MetricDataResult.html`,
    emulators: "neither pages, whatever MaxDatapoints says",
    script: {
      [GET]: [
        page({ Requests: { points: [[2, 30]], status: "PartialData" }, Errors: { points: [[2, 3]] } }, "more"),
        page({
          Requests: {
            points: [
              [1, 20],
              [0, 10],
            ],
          },
        }),
      ],
    },
    ask: reading(requests, errors),
    gives: [series([0, 10], [1, 20], [2, 30]), series([2, 3])],
  },
  {
    what: "the next page is asked for with its token",
    source: `${API}/API_GetMetricData.html`,
    emulators: "neither pages",
    script: { [GET]: [page({}, "more"), page({})] },
    async ask(world, sent) {
      await world.signals.read([requests], NOON);
      return sent.asked(GET).map((body) => JSON.parse(body).NextToken);
    },
    gives: [undefined, "more"],
  },
  {
    what: "a datapoint that comes on two pages is one",
    source: `${API}/API_GetMetricData.html`,
    emulators: "neither pages",
    script: {
      [GET]: [
        page({ Requests: { points: [[0, 10]], status: "PartialData" } }, "more"),
        page({ Requests: { points: [[0, 10]] } }),
      ],
    },
    ask: reading(requests),
    gives: [series([0, 10])],
  },
  ...["InternalError", "Forbidden"].map(
    (status): Vector => ({
      what: `one series that is ${status} fails for itself`,
      source: `${API}/API_MetricDataResult.html`,
      emulators: "only MiniStack has InternalError, for every expression",
      script: { [GET]: [page({ Requests: { status, said: "because" }, Errors: { points: [[0, 1]] } })] },
      ask: reading(requests, errors),
      gives: [{ is: "failed" }, series([0, 1])],
    }),
  ),
  {
    what: "an expression is evaluated by CloudWatch, and its metrics are not returned",
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html",
    emulators: "moto gives an empty series that is Complete, MiniStack InternalError",
    script: {
      [GET]: [
        page({
          expression: {
            points: [
              [1, 0.5],
              [0, 0.25],
            ],
          },
        }),
      ],
    },
    ask: reading(math),
    gives: [series([0, 0.25], [1, 0.5])],
  },
  {
    what: "too many calls at a time are no answer for each signal, and no error",
    source: `${API}/CommonErrors.html`,
    emulators: "neither throttles",
    script: { [GET]: [jsonError("ThrottlingException", "Rate exceeded")] },
    ask: reading(requests, errors),
    gives: [{ is: "failed" }, { is: "failed" }],
  },
];

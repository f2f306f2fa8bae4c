import { type MetricSignal, metricSignal, signalKey } from "@headroom/decisions/config/signals";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { scripted } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { json, jsonError } from "../../../../test/contract/documented/server.ts";
import { cloudwatchSignals } from "./cloudwatch.ts";

const ACTION = "cloudwatch:GetMetricData";
const call = z.object({
  StartTime: z.number(),
  EndTime: z.number(),
  MetricDataQueries: z.array(
    z.object({
      Id: z.string(),
      Expression: z.string().optional(),
      MetricStat: z.object({ Metric: z.object({ MetricName: z.string() }), Period: z.number() }).optional(),
      ReturnData: z.boolean(),
    }),
  ),
});

function metric(name: string, changes: object = {}): MetricSignal {
  const rest = { source: "cloudwatch", namespace: "Shop", metric: name, statistic: "Sum" };
  return metricSignal.parse({ ...rest, ...changes });
}

const many = (count: number) => Array.from({ length: count }, (_, index) => metric(`m${index}`));

/** Answers every query that returns data with one point at noon, whose value is the length of its metric's name. */
const echo = (request: string) => {
  const { MetricDataQueries } = call.parse(JSON.parse(request));
  const results = MetricDataQueries.filter(({ ReturnData }) => ReturnData).map(({ Id, MetricStat }) => ({
    ...{ Id, StatusCode: "Complete", Timestamps: [NOON - 60] },
    Values: [MetricStat?.Metric.MetricName.length ?? 0],
  }));
  return json({ MetricDataResults: results });
};

async function reading(answer: typeof echo, ...more: (typeof echo)[]) {
  const wires = await scripted({ [ACTION]: [answer, ...more] });
  const read = cloudwatchSignals(wires);
  return {
    read: async (signals: readonly MetricSignal[], since = NOON - 600) => new Map(await read(signals, since, {})),
    calls: () => wires.asked(ACTION).map((body) => call.parse(body)),
    pass: wires.pass,
  };
}

describe("metrics", () => {
  it("are read 500 a call, each once", async () => {
    const { read, calls } = await reading(echo);
    const signals = many(1001);
    const answers = await read([...signals, ...many(3)]);
    expect(calls().map(({ MetricDataQueries }) => MetricDataQueries.length)).toEqual([500, 500, 1]);
    expect(answers.size).toBe(1001);
    for (const signal of signals) {
      const value = signal.source === "cloudwatch" ? signal.metric.length : 0;
      expect(answers.get(signalKey(signal))).toEqual({ is: "series", period: 60, points: [{ at: NOON - 60, value }] });
    }
  });

  it("of another period are another call, whose start and end are its multiples", async () => {
    const { read, calls, pass } = await reading(echo);
    pass(130);
    await read([metric("fast", { period: "10s" }), metric("slow", { period: "5m" })], NOON - 599);
    const [fast, slow] = calls();
    expect(fast).toMatchObject({ StartTime: NOON - 590, EndTime: NOON + 140 });
    expect(slow).toMatchObject({ StartTime: NOON - 300, EndTime: NOON + 300 });
  });

  it("that began later than anything is asked for are none, without a call", async () => {
    const { read, calls } = await reading(echo);
    const signal = metric("load");
    expect((await read([signal], NOON + 3600)).get(signalKey(signal))).toEqual({
      is: "series",
      period: 60,
      points: [],
    });
    expect(calls()).toEqual([]);
  });

  it("of a call that fails fail alone", async () => {
    const { read } = await reading(echo, () => jsonError("ThrottlingException", "Rate exceeded"));
    const answers = [...(await read(many(501))).values()];
    expect(answers.filter(({ is }) => is === "series")).toHaveLength(500);
    expect(answers.at(-1)).toMatchObject({ is: "failed", why: expect.stringContaining("Rate exceeded") });
  });

  it.each([[[0]], [[317]], [[499]], [[3, 4, 250]]])("that CloudWatch refuses fail alone: %j of 500", async (guilty) => {
    const bad = new Set(guilty.map((index) => `m${index}`));
    const { read, calls } = await reading((request) => {
      const { MetricDataQueries } = call.parse(JSON.parse(request));
      const names = MetricDataQueries.map(({ MetricStat }) => MetricStat?.Metric.MetricName ?? "");
      return names.some((name) => bad.has(name)) ? jsonError("ValidationError", "a dimension is empty") : echo(request);
    });
    const answers = await read(many(500));
    const failed = [...answers].filter(([, { is }]) => is === "failed").map(([key]) => key);
    expect(failed).toEqual([...bad].map((name) => signalKey(metric(name))));
    expect(answers.size).toBe(500);
    expect(calls().length).toBeLessThanOrEqual(1 + 18 * guilty.length);
  });

  it("that are all refused end after a hundred calls", async () => {
    const { read, calls } = await reading(() => jsonError("ValidationError", "the end is before the start"));
    const answers = await read(many(500));
    expect(new Set([...answers.values()].map(({ is }) => is))).toEqual(new Set(["failed"]));
    expect(answers.size).toBe(500);
    expect(calls().length).toBeLessThanOrEqual(101);
  });

  it("without a result fail with what the call says of itself", async () => {
    const messages = [{ Code: "MaxMetricsExceeded", Value: "too many metrics" }];
    const { read } = await reading(() => json({ MetricDataResults: [], Messages: messages }));
    const [answer] = (await read([metric("load")])).values();
    expect(answer).toEqual({ is: "failed", why: "MaxMetricsExceeded too many metrics" });
  });

  it("that stay partial when there is no further page fail", async () => {
    const part = { Id: "s0", StatusCode: "PartialData", Timestamps: [NOON - 60], Values: [1] };
    const { read } = await reading(() => json({ MetricDataResults: [part] }));
    const [answer] = (await read([metric("load")])).values();
    expect(answer).toEqual({ is: "failed", why: "GetMetricData: PartialData" });
  });
});

describe("metric math", () => {
  const metrics = {
    requests: { namespace: "Shop", metric: "Requests", statistic: "Sum" },
    hosts: { namespace: "Shop", metric: "Hosts", statistic: "Average" },
  };
  const perHost = metricSignal.parse({ source: "math", expression: "requests / FILL(hosts, REPEAT)", metrics });
  const doubled = metricSignal.parse({ source: "math", expression: "requests * 2 + hosts * 0", metrics });

  it("has ids that no other signal of the call has, in its expression too", async () => {
    const { read, calls } = await reading(echo);
    const answers = await read([metric("load"), perHost, doubled]);
    const queries = calls().flatMap(({ MetricDataQueries }) => MetricDataQueries);
    expect(new Set(queries.map(({ Id }) => Id)).size).toBe(queries.length);
    const byId = new Map(queries.map((query) => [query.Id, query]));
    const expressions = queries.flatMap(({ Expression }) => (Expression === undefined ? [] : [Expression]));
    const meant = expressions.map((expression) =>
      expression.replaceAll(/\b[a-z]\w*\b/g, (id) => byId.get(id)?.MetricStat?.Metric.MetricName ?? "unknown"),
    );
    expect(meant).toEqual(["Requests / FILL(Hosts, REPEAT)", "Requests * 2 + Hosts * 0"]);
    expect([...answers.keys()]).toEqual([metric("load"), perHost, doubled].map(signalKey));
    expect(queries.filter(({ ReturnData }) => ReturnData)).toHaveLength(3);
  });

  it("is in one call with its metrics", async () => {
    const { read, calls } = await reading(echo);
    await read([...many(498), perHost]);
    expect(calls().map(({ MetricDataQueries }) => MetricDataQueries.length)).toEqual([498, 3]);
  });
});

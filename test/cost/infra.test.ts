import { DASHBOARDS, watchedMetrics } from "@headroom/cli/cost/standing";
import { LAMBDA_GB } from "@headroom/twin/prices";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { fleet } from "#functions/lambda/fleet";

// What `headroom cost` takes as there, against what infra/ makes. The infrastructure runs on SST's globals; here these
// only note what is made.

type Made = { type: string; args: Record<string, unknown> };
const made: Made[] = [];

/** Whatever is asked of it is it again, also as text and as a list without items; what is made with it is noted. */
function anything(path: string): unknown {
  return new Proxy(function nothing() {}, {
    get(_, key) {
      if (key === Symbol.toPrimitive) return () => path;
      if (key === "then" || key === Symbol.iterator) return undefined;
      return anything(typeof key === "string" ? `${path}.${key}` : path);
    },
    apply: () => anything(path),
    construct(_, [, args]) {
      made.push({ type: path, args: typeof args === "object" && args !== null ? { ...args } : {} });
      return Object(anything(`${path}()`));
    },
  });
}

beforeAll(async () => {
  for (const name of ["sst", "aws", "$app", "$util", "$resolve", "$interpolate", "$jsonStringify"]) {
    vi.stubGlobal(name, anything(name));
  }
  const file = (name: string) => `../../infra/${name}.ts`;
  for (const name of ["functions", "watch", "dashboard", "wake"]) await import(file(name));
});
afterAll(() => vi.unstubAllGlobals());

const ofType = (type: string) => made.filter((each) => each.type === type);

test("every function has the memory that its time is priced with", () => {
  const memories = ofType("sst.aws.Function").map(({ args }) => args.memory);
  const each = `${LAMBDA_GB * 1024} MB`;
  // Forecasts have twice as much, for about a second four times an hour: two cents a month.
  expect(memories.sort()).toEqual([each, each, each, `${2 * LAMBDA_GB * 1024} MB`].sort());
});

test("two queues are polled, as the simulated account meters them", () => {
  expect(ofType("aws.lambda.EventSourceMapping")).toHaveLength(2);
});

test("as many dashboards and watched metrics as are priced", () => {
  expect(ofType("aws.cloudwatch.Dashboard")).toHaveLength(DASHBOARDS);
  const watched = ofType("aws.cloudwatch.MetricAlarm").flatMap(({ args: { metricQueries, comparisonOperator } }) => {
    if (comparisonOperator === undefined) return [];
    const queries = Array.isArray(metricQueries) ? metricQueries : [{ metric: true }];
    return queries.filter((query: object) => "metric" in query);
  });
  expect(watched).toHaveLength(watchedMetrics(fleet));
});

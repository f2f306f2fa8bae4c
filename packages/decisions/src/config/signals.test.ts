import { describe, expect, it } from "vitest";
import { Invalid } from "../errors.ts";
import { parse } from "../parse.ts";
import { cloudwatchSignal, mathSignal, signalKey } from "./signals.ts";

const requests = {
  namespace: "AWS/ApplicationELB",
  metric: "RequestCount",
  statistic: "Sum",
  dimensions: { b: "2", a: "1" },
};
const hosts = { namespace: "AWS/ApplicationELB", metric: "HealthyHostCount", statistic: "Average" };
const perHost = { source: "math", expression: "requests / FILL(hosts, REPEAT)", metrics: { requests, hosts } };

describe("metric math", () => {
  it("is one series over several metrics, with the defaults of any metric", () => {
    expect(mathSignal.parse(perHost)).toMatchObject({
      period: 60,
      maxAge: 300,
      metrics: { hosts: { dimensions: {} } },
    });
  });

  it("is known by its expression, its metrics and its period, in whatever order they were written", () => {
    const key =
      "requests / FILL(hosts, REPEAT) where hosts = AWS/ApplicationELB HealthyHostCount {} Average; " +
      "requests = AWS/ApplicationELB RequestCount {a=1,b=2} Sum 60s";
    expect(signalKey(mathSignal.parse(perHost))).toBe(key);
    expect(signalKey(mathSignal.parse({ ...perHost, metrics: { hosts, requests } }))).toBe(key);
    expect(signalKey(mathSignal.parse({ ...perHost, period: "5m" }))).toBe(key.replace("60s", "300s"));
  });

  it.each([
    { what: "conditions", expression: "IF(requests > 10 AND hosts != 0 OR 1 == 0, requests / hosts, 0)" },
    { what: "lists", expression: "MAX([requests, hosts])" },
    { what: "lines", expression: "FILL(requests, LINEAR) + hosts" },
  ])("may have $what", ({ expression }) => {
    expect(mathSignal.safeParse({ ...perHost, expression }).success).toBe(true);
  });

  it.each([
    { given: { expression: "requests / host" }, says: ") names host, which is not one of its metrics" },
    { given: { expression: "requests" }, says: ") is not used in the expression" },
    {
      given: { expression: "SEARCH(requests, hosts)" },
      says: ") has SEARCH, which is no function of metric math",
    },
    { given: { expression: "requests / Hosts + hosts" }, says: ") has Hosts, which is no function" },
    { given: { expression: "" }, says: 'expression ("") must not be empty' },
    { given: { expression: "1", metrics: {} }, says: "is empty: describe what" },
    { given: { expression: "M1 + 1", metrics: { M1: hosts } }, says: "metrics.M1 is not an id" },
  ])("is refused with the place: $says", ({ given, says }) => {
    expect(() => parse(mathSignal, { ...perHost, ...given }, "the signal")).toThrow(Invalid);
    expect(() => parse(mathSignal, { ...perHost, ...given }, "the signal")).toThrow(says);
  });
});

describe("dimensions", () => {
  const signal = (dimensions: Record<string, string>) =>
    cloudwatchSignal.safeParse({ source: "cloudwatch", ...hosts, dimensions });

  it.each([{ "": "web" }, { " ": "web" }, { TargetGroup: "" }, { TargetGroup: "  " }])(
    "are not empty: %j",
    (dimensions) => {
      expect(signal(dimensions).success).toBe(false);
      const metrics = { requests, hosts: { ...hosts, dimensions } };
      expect(() => parse(mathSignal, { ...perHost, metrics }, "the signal")).toThrow(
        "is empty: CloudWatch's dimensions",
      );
    },
  );

  it("have a name and a value, or are none", () => {
    for (const dimensions of [{}, { TargetGroup: "web" }]) expect(signal(dimensions).success).toBe(true);
  });
});

import type { CloudwatchSignal } from "@headroom/decisions/config/signals";
import { cloudwatchSignal } from "@headroom/decisions/config/signals";
import { describe, expect, test } from "vitest";
import { createMetrics, likeCloudWatch, type MetricsOptions } from "./metrics.ts";
import { same } from "./samples.ts";

const cpu = { namespace: "AWS/ECS", metric: "CPUUtilization", dimensions: { ClusterName: "c", ServiceName: "web" } };

function signal(statistic: CloudwatchSignal["statistic"], period = 60): CloudwatchSignal {
  return cloudwatchSignal.decode({ source: "cloudwatch", ...cpu, statistic, period: `${period}s` });
}

function published(minutes: number, changes: Partial<MetricsOptions> = {}) {
  const metrics = createMetrics({ ...likeCloudWatch, seed: 1, ...changes });
  for (let minute = 0; minute < minutes; minute += 1) metrics.publish(cpu, minute * 60, same(minute, 10));
  return metrics;
}

const prompt = { delay: [0, 0], partial: 0 } as const;

function points(answer: ReturnType<ReturnType<typeof createMetrics>["read"]>) {
  return answer.is === "series" ? answer.points : [];
}

describe("datapoints come late", () => {
  test("none before a minute after its end, all after two", () => {
    const metrics = published(1);
    expect(metrics.read(signal("Average"), 0, 119.9)).toEqual({ is: "series", period: 60, points: [] });
    expect(points(metrics.read(signal("Average"), 0, 180))).toEqual([{ at: 0, value: 0 }]);
  });

  test("each as late as chance has it, the same for the same seed", () => {
    const firstSeen = (seed: number) => {
      const metrics = published(60, { seed });
      return Array.from({ length: 60 }, (_, minute) => {
        const end = minute * 60 + 60;
        const seen = (age: number) =>
          points(metrics.read(signal("Sum"), minute * 60, end + age))[0]?.at === minute * 60;
        return Array.from({ length: 121 }, (_, age) => age).find(seen) ?? Number.NaN;
      });
    };
    const ages = firstSeen(1);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...ages)).toBeLessThanOrEqual(120);
    expect(new Set(ages).size).toBeGreaterThan(20);
    expect(firstSeen(1)).toEqual(ages);
    expect(firstSeen(2)).not.toEqual(ages);
  });
});

test("a datapoint can be incomplete at first: fewer samples with the same mean, and whole a minute later", () => {
  const metrics = createMetrics({ ...likeCloudWatch, seed: 1, partial: 1 });
  metrics.publish(cpu, 0, same(30, 10));
  const [first] = points(metrics.read(signal("SampleCount"), 0, 180)).concat(
    points(metrics.read(signal("Sum"), 0, 180)),
  );
  const counts = Array.from(
    { length: 120 },
    (_, age) => points(metrics.read(signal("SampleCount"), 0, 120 + age))[0]?.value,
  );
  const seen = counts.filter((count) => count !== undefined);
  expect(new Set(seen).size).toBe(2);
  expect(Number(seen[0])).toBeGreaterThanOrEqual(1);
  expect(Number(seen[0])).toBeLessThan(10);
  expect(seen.at(-1)).toBe(10);
  expect(first?.at).toBe(0);
  const at = 120 + counts.findIndex((count) => count !== undefined);
  expect(points(metrics.read(signal("Average"), 0, at))[0]?.value).toBeCloseTo(30, 9);
  expect(points(metrics.read(signal("Sum"), 0, at))[0]?.value).toBe(30 * Number(seen[0]));
});

describe("periods", () => {
  test("longer ones are made of their minutes, the newest of those that are there", () => {
    const metrics = published(7, prompt);
    expect(points(metrics.read(signal("Average", 300), 0, 600))).toEqual([
      { at: 0, value: 2 },
      { at: 300, value: 5.5 },
    ]);
    expect(points(metrics.read(signal("Sum", 300), 0, 600))).toEqual([
      { at: 0, value: 100 },
      { at: 300, value: 110 },
    ]);
  });

  test("only those that started at or after `since`", () => {
    const metrics = published(7, prompt);
    expect(points(metrics.read(signal("Average", 300), 1, 600))).toEqual([{ at: 300, value: 5.5 }]);
    expect(points(metrics.read(signal("Average"), 300, 600)).map(({ at }) => at)).toEqual([300, 360]);
    expect(points(metrics.read(signal("Average"), 301, 600)).map(({ at }) => at)).toEqual([360]);
  });

  test("without samples have no datapoint", () => {
    const metrics = createMetrics({ ...likeCloudWatch, ...prompt, seed: 1 });
    metrics.publish(cpu, 0, same(1));
    metrics.publish(cpu, 180, same(2));
    expect(points(metrics.read(signal("Average"), 0, 600)).map(({ at }) => at)).toEqual([0, 180]);
  });
});

test("a metric that nobody published is an empty series; dimensions in another order are the same metric", () => {
  const metrics = published(1, prompt);
  const other = { ...signal("Average"), dimensions: { ServiceName: "web", ClusterName: "c" } };
  expect(points(metrics.read(other, 0, 600))).toHaveLength(1);
  const unknown = { ...signal("Average"), dimensions: { ClusterName: "c" } };
  expect(metrics.read(unknown, 0, 600)).toEqual({ is: "series", period: 60, points: [] });
});

test("says how many units sent samples, where each sample is of one", () => {
  const metrics = createMetrics({ ...likeCloudWatch, ...prompt, seed: 1 });
  for (const at of [0, 60]) metrics.publish(cpu, at, { ...same(50, 4), perUnit: true });
  expect(points(metrics.read(signal("Average", 120), 0, 600))).toEqual([{ at: 0, value: 50, units: 4 }]);
});

test("minutes are forgotten after their retention", () => {
  const metrics = published(1000, prompt);
  const kept = points(metrics.read(signal("Average"), 0, 1000 * 60));
  expect(kept).toHaveLength(180);
  expect(kept[0]?.at).toBe(820 * 60);
});

test("an outage loses the minutes that begin in it, of one namespace or of all", () => {
  const metrics = createMetrics({ ...likeCloudWatch, ...prompt, seed: 1 });
  metrics.lose({ from: 60, until: 120 });
  metrics.lose({ from: 180, until: 240, namespace: "AWS/SQS" });
  metrics.lose({ from: 240, until: 300, namespace: "AWS/ECS" });
  for (const at of [0, 60, 120, 180, 240, 300]) metrics.publish(cpu, at, same(1));
  expect(points(metrics.read(signal("Average"), 0, 600)).map(({ at }) => at)).toEqual([0, 120, 180, 300]);
});

test("a share of the periods is missing, of each metric for itself, the same for the same seed", () => {
  const seen = (seed: number, missing: number) => {
    const metrics = published(100, { ...prompt, seed, missing });
    return points(metrics.read(signal("Average"), 0, 6000)).map(({ at }) => at);
  };
  expect(seen(1, 0)).toHaveLength(100);
  expect(seen(1, 0.2).length).toBeGreaterThan(65);
  expect(seen(1, 0.2).length).toBeLessThan(95);
  expect(seen(1, 0.2)).toEqual(seen(1, 0.2));
  expect(seen(1, 0.2)).not.toEqual(seen(2, 0.2));
});

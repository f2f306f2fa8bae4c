import { type Fleet, fleet } from "@headroom/decisions/config/fleet";
import type { cloudwatchSignal } from "@headroom/decisions/config/signals";
import type * as z from "zod";

// A fleet that has one of everything, in two Regions, with load that swings fast enough for two hours to be eventful.

type Metric = z.input<typeof cloudwatchSignal>;

function cpu(service: string, changes: Partial<Metric> = {}): Metric {
  const dimensions = { ClusterName: "shop", ServiceName: service };
  const range: [number, number] = [0, 100];
  return {
    source: "cloudwatch",
    namespace: "AWS/ECS",
    metric: "CPUUtilization",
    dimensions,
    statistic: "Average",
    range,
    ...changes,
  };
}

function onLoadBalancer(metric: string, changes: Partial<Metric> = {}): Metric {
  const dimensions = { TargetGroup: "api" };
  return { source: "cloudwatch", namespace: "AWS/ApplicationELB", metric, dimensions, statistic: "Sum", ...changes };
}

const service = (name: string) => ({ kind: "ecs-service" as const, cluster: "shop", service: name });
const surges = (factor: number) => ({ perDay: 40, factor, lasts: "6m" as const });
const swift = { warmUp: "60s" as const, stabilisation: { in: "2m" as const } };

/** As configuration has it, so that durations are read and defaults filled in. */
export const chaosFleet: Fleet = fleet.decode({
  name: "chaos",
  brake: { fewest: 3 },
  targets: {
    web: {
      ...swift,
      resource: service("web"),
      ...{ mode: "control", min: 2, max: 30 },
      policies: [{ kind: "target-tracking", of: "average", target: 60, signals: [cpu("web")] }],
      simulation: {
        ...{ workload: "service", perUnit: 40, startUp: "40s", initial: 6 },
        deployments: { perDay: 12, lasts: "4m" },
        traffic: { mean: 150, noise: 0.25, bursts: surges(2.5) },
      },
    },
    images: {
      ...swift,
      resource: service("images"),
      ...{ mode: "control", min: 0, max: 20 },
      policies: [{ kind: "queue", queue: "images", drainWithin: "3m", secondsPerMessage: 2 }],
      simulation: {
        ...{ workload: "queue", queue: "images", secondsPerMessage: 2, maxAge: "10m", startUp: "30s", initial: 1 },
        traffic: { mean: 1, noise: 0.4, bursts: surges(5) },
      },
    },
    api: {
      ...swift,
      resource: service("api"),
      ...{ mode: "control", min: 2, max: 24, region: "eu-west-3" },
      foreignWrites: { policy: "restore" },
      policies: [
        {
          kind: "target-tracking",
          of: "total",
          target: 1200,
          signals: [onLoadBalancer("RequestCount"), onLoadBalancer("RequestCount", { period: "5m", maxAge: "15m" })],
        },
      ],
      guards: { retryStorm: { errors: onLoadBalancer("HTTPCode_Target_5XX_Count"), above: 100 } },
      rate: { in: { allow: [{ percent: 30, per: "2m" }] } },
      simulation: {
        ...{ workload: "service", perUnit: 40, startUp: "40s", initial: 6 },
        traffic: { mean: 110, noise: 0.2, bursts: surges(3) },
      },
    },
    search: {
      ...swift,
      resource: { kind: "auto-scaling-group", group: "search" },
      ...{ mode: "control", min: 2, max: 16, region: "eu-west-3" },
      fallback: { after: "10m", capacity: 5 },
      foreignWrites: { policy: "hold", duration: "5m" },
      coolDown: { in: "2m" },
      policies: [
        {
          ...{ kind: "target-tracking", of: "average", target: 55 },
          signals: [cpu("x", { namespace: "AWS/EC2", dimensions: { AutoScalingGroupName: "search" } })],
        },
      ],
      simulation: {
        ...{ workload: "service", perUnit: 15, startUp: "90s", initial: 4 },
        traffic: { mean: 40, noise: 0.25, bursts: surges(2) },
      },
    },
    shop: {
      ...swift,
      resource: service("shop"),
      ...{ mode: "floor", min: 2, max: 20 },
      policies: [{ kind: "target-tracking", of: "average", target: 60, signals: [cpu("shop")] }],
      simulation: {
        ...{ workload: "service", perUnit: 40, startUp: "40s", initial: 5 },
        traffic: { mean: 120, noise: 0.25, bursts: surges(2.5) },
      },
    },
    checkout: {
      ...swift,
      resource: { kind: "lambda-provisioned-concurrency", function: "checkout", alias: "live" },
      ...{ mode: "observe", min: 2, max: 40, region: "eu-west-3" },
      policies: [
        {
          ...{ kind: "target-tracking", of: "average", target: 0.7 },
          signals: [
            {
              ...{ source: "cloudwatch", namespace: "AWS/Lambda", metric: "ProvisionedConcurrencyUtilization" },
              dimensions: { FunctionName: "checkout", Resource: "checkout:live" },
              ...{ statistic: "Average", range: [0, 1] },
            },
          ],
        },
      ],
      simulation: {
        ...{ workload: "service", perUnit: 4, startUp: "60s", initial: 10 },
        traffic: { mean: 25, noise: 0.25, bursts: surges(2) },
      },
    },
  },
});

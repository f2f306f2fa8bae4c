import { defineConfig } from "@headroom/decisions/config/define";

/** A small shop: a web API, workers that make thumbnails, search on its own machines, and a checkout on Lambda. */
export default defineConfig({
  name: "shop",
  // notify: ["you@example.com"], // who gets an e-mail about what a person should know
  targets: {
    web: {
      resource: { kind: "ecs-service", cluster: "shop", service: "web" },
      mode: "control",
      min: 2,
      max: 40,
      warmUp: "90s",
      policies: [
        {
          kind: "target-tracking",
          of: "average",
          target: 60,
          signals: [
            {
              source: "cloudwatch",
              namespace: "AWS/ECS",
              metric: "CPUUtilization",
              dimensions: { ClusterName: "shop", ServiceName: "web" },
              statistic: "Average",
              range: [0, 100],
            },
          ],
        },
        {
          kind: "target-tracking",
          of: "total",
          target: 1500, // requests a minute and task
          signals: [
            {
              source: "cloudwatch",
              namespace: "AWS/ApplicationELB",
              metric: "RequestCount",
              dimensions: { TargetGroup: "web" },
              statistic: "Sum",
            },
          ],
        },
        {
          kind: "predictive",
          target: 1500,
          signal: {
            source: "cloudwatch",
            namespace: "AWS/ApplicationELB",
            metric: "RequestCount",
            dimensions: { TargetGroup: "web" },
            statistic: "Sum",
          },
        },
      ],
      stabilisation: { in: "5m" },
      rate: { in: { allow: [{ percent: 20, per: "2m" }] } },
      simulation: {
        workload: "service",
        perUnit: 40,
        latency: 0.08,
        maxLatency: 0.5,
        startUp: "70s",
        initial: 4,
        traffic: { mean: 180, swing: 0.6, peakHour: 14, weekend: 0.7, bursts: { perDay: 3, factor: 2, lasts: "20m" } },
      },
    },

    thumbnails: {
      resource: { kind: "ecs-service", cluster: "shop", service: "thumbnails" },
      mode: "control",
      min: 0,
      max: 30,
      warmUp: "60s",
      policies: [
        {
          kind: "queue",
          queue: "images",
          drainWithin: "5m",
          secondsPerMessage: { min: 0.5, max: 4 },
          concurrencyPerUnit: 2,
          maxAge: "10m",
        },
      ],
      simulation: {
        workload: "queue",
        queue: "images",
        secondsPerMessage: 1.5,
        concurrencyPerUnit: 2,
        maxAge: "10m",
        startUp: "45s",
        initial: 1,
        traffic: { mean: 6, swing: 0.8, peakHour: 15, noise: 0.3, bursts: { perDay: 12, factor: 4, lasts: "10m" } },
      },
    },

    search: {
      resource: { kind: "auto-scaling-group", group: "shop-search" },
      mode: "control",
      min: 2,
      max: 16,
      warmUp: "4m",
      policies: [
        {
          kind: "target-tracking",
          of: "average",
          target: 55,
          signals: [
            {
              source: "cloudwatch",
              namespace: "AWS/EC2",
              metric: "CPUUtilization",
              dimensions: { AutoScalingGroupName: "shop-search" },
              statistic: "Average",
              range: [0, 100],
            },
          ],
        },
      ],
      stabilisation: { in: "15m" },
      coolDown: { in: "5m" },
      rate: { out: { allow: [{ units: 4, per: "2m" }] }, in: { allow: [{ units: 1, per: "3m" }] } },
      simulation: {
        workload: "service",
        perUnit: 12,
        latency: 0.15,
        maxLatency: 0.8,
        startUp: "200s",
        initial: 3,
        traffic: { mean: 36, swing: 0.55, peakHour: 19, weekend: 1.2 },
      },
    },

    checkout: {
      resource: { kind: "lambda-provisioned-concurrency", function: "checkout", alias: "live" },
      mode: "observe",
      min: 5,
      max: 100,
      warmUp: "2m",
      policies: [
        {
          kind: "target-tracking",
          of: "average",
          target: 0.7,
          signals: [
            {
              source: "cloudwatch",
              namespace: "AWS/Lambda",
              metric: "ProvisionedConcurrencyUtilization",
              dimensions: { FunctionName: "checkout", Resource: "checkout:live" },
              statistic: "Average",
              range: [0, 1],
            },
          ],
        },
      ],
      simulation: {
        workload: "service",
        perUnit: 4,
        latency: 0.25,
        maxLatency: 1,
        startUp: "100s",
        initial: 20,
        traffic: { mean: 40, swing: 0.7, peakHour: 20, weekend: 1.3 },
      },
    },
  },
});

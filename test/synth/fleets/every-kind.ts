import { defineConfig } from "@headroom/decisions/config/define";

const question = (name: string) => ({
  ...{ namespace: "AWS/ApplicationELB", metric: name, statistic: "Sum" as const, dimensions: { TargetGroup: "web" } },
});

const metric = (name: string, statistic: "Average" | "p99" = "Average") => ({
  ...{ source: "cloudwatch" as const, namespace: "AWS/ECS", metric: name, statistic },
  dimensions: { ClusterName: "shop", ServiceName: "web" },
});

const average = {
  ...{ kind: "target-tracking" as const, of: "average" as const, target: 60 },
  signals: [metric("CPUUtilization")],
};

const predictive = {
  ...{ kind: "predictive" as const, target: 50 },
  signal: { source: "cloudwatch" as const, ...question("RequestCount") },
};

/** A target of each kind, in each mode, here and elsewhere, an alarm on each policy that can have one, and forecasts. */
export default defineConfig({
  name: "all",
  notify: ["you@example.com", "ops@example.com"],
  targets: {
    web: {
      resource: { kind: "ecs-service", cluster: "shop", service: "web" },
      ...{ mode: "control", wake: "alarm", min: 2, max: 40, policies: [average, predictive] },
    },
    search: {
      resource: { kind: "auto-scaling-group", group: "shop-search" },
      ...{ mode: "floor", wake: "alarm", min: 2, max: 16 },
      policies: [
        {
          kind: "step",
          signals: [{ ...metric("Latency", "p99"), period: "10s" }],
          steps: [{ from: 0.4, change: { units: 2 } }],
        },
      ],
    },
    checkout: {
      resource: { kind: "lambda-provisioned-concurrency", function: "checkout", alias: "live" },
      ...{ mode: "observe", min: 5, max: 100, policies: [average] },
    },
    images: {
      resource: {
        kind: "event-source-concurrency",
        function: "images",
        mapping: "a1b2c3d4-0000-4000-8000-000000000000",
      },
      ...{ mode: "control", min: 2, max: 100 },
      policies: [{ kind: "queue", queue: "images", drainWithin: "5m", secondsPerMessage: 2 }],
    },
    readers: {
      resource: {
        ...{ kind: "application-auto-scaling", namespace: "rds" },
        ...{ resourceId: "cluster:shop", dimension: "rds:cluster:ReadReplicaCount" },
      },
      ...{ mode: "control", wake: "alarm", min: 1, max: 5 },
      policies: [
        {
          ...average,
          signals: [
            {
              ...{ source: "math", expression: "errors / requests" },
              metrics: { errors: question("HTTPCode_Target_5XX_Count"), requests: question("RequestCount") },
            },
          ],
        },
      ],
    },
    predicted: {
      resource: { kind: "ecs-service", cluster: "shop", service: "predicted-us" },
      ...{ account: "210987654321", region: "us-east-1", role: "arn:aws:iam::210987654321:role/headroom" },
      ...{ mode: "observe", min: 2, max: 40, policies: [predictive] },
    },
    abroad: {
      resource: { kind: "ecs-service", cluster: "shop", service: "web-us" },
      ...{ account: "210987654321", region: "us-east-1", role: "arn:aws:iam::210987654321:role/headroom" },
      ...{ mode: "control", min: 2, max: 40, policies: [average] },
    },
  },
});

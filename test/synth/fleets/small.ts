import { defineConfig } from "@headroom/decisions/config/define";

const dimensions = { ClusterName: "shop", ServiceName: "web" };
const cpu = { source: "cloudwatch" as const, namespace: "AWS/ECS", metric: "CPUUtilization", dimensions };

/** As little as a fleet can be: one service on its own metric. */
export default defineConfig({
  name: "shop",
  targets: {
    web: {
      resource: { kind: "ecs-service", cluster: "shop", service: "web" },
      ...{ mode: "control", min: 2, max: 40 },
      policies: [{ kind: "target-tracking", of: "average", target: 60, signals: [{ ...cpu, statistic: "Average" }] }],
    },
  },
});

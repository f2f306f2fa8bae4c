import { defineConfig } from "@headroom/decisions/config/define";

const SERVICES = 300;

function service(name: string) {
  const dimensions = { ClusterName: "a-cluster-with-a-long-name", ServiceName: name };
  const signal = { source: "cloudwatch" as const, namespace: "AWS/ECS", metric: "CPUUtilization", dimensions };
  return {
    resource: { kind: "ecs-service" as const, cluster: "a-cluster-with-a-long-name", service: name },
    ...{ mode: "control" as const, min: 2, max: 40 },
    policies: [
      {
        ...{ kind: "target-tracking" as const, of: "average" as const, target: 60 },
        signals: [{ ...signal, statistic: "Average" as const }],
      },
    ],
  };
}

const names = Array.from({ length: SERVICES }, (_, index) => `service-${index}`);

/** More targets than fit in one policy. */
export default defineConfig({ name: "large", targets: Object.fromEntries(names.map((name) => [name, service(name)])) });

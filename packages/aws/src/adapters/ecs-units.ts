import type { Service } from "@aws-sdk/client-ecs";
import type { CapacityAnswer } from "@headroom/decisions/model";
import type { Registered } from "../native/scalable-targets.ts";

/** Old and new tasks side by side. Scaling alone starts no deployment, and leaves the primary one completed. */
function isDeploying({ deployments = [], taskSets = [] }: Service): boolean {
  const isRollingOut = deployments.some(({ rolloutState }) => rolloutState === "IN_PROGRESS");
  return deployments.length > 1 || taskSets.length > 1 || isRollingOut;
}

/** What is known of one service: itself, its bounds, how many tasks are healthy and how many are protected. */
type Known = {
  service: Service;
  bounds: Registered | undefined;
  healthy: number | undefined;
  busy: number | undefined;
};

/** What a service has, in tasks, as `DescribeServices` and its load balancers tell it. */
export function capacityOfService({ service, bounds, healthy, busy }: Known, at: number): CapacityAnswer {
  const { desiredCount = 0, runningCount = 0, pendingCount = 0 } = service;
  return {
    ...{ is: "capacity", at, desired: desiredCount, running: runningCount + pendingCount },
    ready: Math.min(runningCount, healthy ?? runningCount),
    ...(bounds === undefined ? {} : { minimum: bounds.minimum, maximum: bounds.maximum }),
    deploying: isDeploying(service),
    ...(busy === undefined ? {} : { protected: busy }),
  };
}

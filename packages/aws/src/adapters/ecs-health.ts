import type { Service, TaskSet } from "@aws-sdk/client-ecs";
import type { Place } from "@headroom/decisions/config/place";
import type { Connect } from "../clients.ts";
import { onDemand } from "../on-demand.ts";

type Entry = NonNullable<Service["loadBalancers"]>[number];

/** Target groups behind which the tasks serve: for each listener, and in blue/green deployments two for each. */
function targetGroups(service: Service): string[][] {
  const primary = service.taskSets?.find(({ status }: TaskSet) => status === "PRIMARY");
  const entries: Entry[] = primary?.loadBalancers ?? service.loadBalancers ?? [];
  return entries
    .map(({ targetGroupArn, advancedConfiguration }) =>
      [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].filter((arn) => arn !== undefined),
    )
    .filter((arns) => arns.length > 0);
}

/**
 * How many tasks of a service its load balancers find healthy; undefined for a service behind none. A task serves once it
 * is healthy in each of its target groups.
 */
export function ecsHealth(connect: Connect) {
  // Not every service is behind a load balancer.
  const healthyIn = onDemand(async () => (await import("./target-health.ts")).targetHealth(connect));

  return async (service: Service, place: Place): Promise<number | undefined> => {
    const groups = targetGroups(service);
    if (groups.length === 0) return undefined;
    const count = await healthyIn();
    const counts = await Promise.all(
      groups.map(async (group) => {
        const healthy = await Promise.all(group.map((arn) => count(arn, place)));
        return healthy.reduce((sum, each) => sum + each, 0);
      }),
    );
    return Math.min(...counts);
  };
}

import type { Service, TaskSet } from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Place } from "@headroom/decisions/config/place";
import type { Connect } from "../clients.ts";
import { translated } from "../errors.ts";

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
  const client = connect(
    "ELASTIC_LOAD_BALANCING_V2",
    (configuration) => new ElasticLoadBalancingV2Client(configuration),
  );

  async function healthyIn(group: string, place: Place): Promise<number> {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: group });
    const call = client(place).send(command);
    const { TargetHealthDescriptions = [] } = await translated(`reading the health in ${group}`, call);
    return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length;
  }

  return async (service: Service, place: Place): Promise<number | undefined> => {
    const groups = targetGroups(service);
    if (groups.length === 0) return undefined;
    const counts = await Promise.all(
      groups.map(async (group) => {
        const healthy = await Promise.all(group.map((arn) => healthyIn(arn, place)));
        return healthy.reduce((sum, count) => sum + count, 0);
      }),
    );
    return Math.min(...counts);
  };
}

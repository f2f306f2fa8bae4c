import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Place } from "@headroom/decisions/config/place";
import type { Connect } from "../clients.ts";
import { translated } from "../errors.ts";

/** How many targets of a target group are healthy. @throws NotFound, Throttled, Denied, Invalid */
export function targetHealth(connect: Connect) {
  const client = connect(
    "ELASTIC_LOAD_BALANCING_V2",
    (configuration) => new ElasticLoadBalancingV2Client(configuration),
  );
  return async (group: string, place: Place): Promise<number> => {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: group });
    const call = client(place).send(command);
    const { TargetHealthDescriptions = [] } = await translated(`reading the health in ${group}`, call);
    return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length;
  };
}

import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { nameIn, type Registered } from "./reader.ts";

export const documentation = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html";

export const SHARDS = "elasticache:replication-group:NodeGroups";
const REPLICAS = "elasticache:replication-group:Replicas";
export const dimensions = [SHARDS, REPLICAS];

/** @see Reader */
export function grants({ resourceId }: Registered, where: Where): Grant[] {
  const resources = [arn("elasticache", `replicationgroup:${nameIn(resourceId)}`, where)];
  return [{ actions: ["elasticache:DescribeReplicationGroups"], resources }];
}

/** @see Reader */
export const load = () => import("../readers/elasticache-nodes.ts");

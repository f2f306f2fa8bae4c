import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { validated as validatedGrant } from "../native/scalable-target-grants.ts";
import { nameIn, type Registered } from "./reader.ts";

export const documentation = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html";

export const SHARDS = "elasticache:replication-group:NodeGroups";
const REPLICAS = "elasticache:replication-group:Replicas";
export const dimensions = [SHARDS, REPLICAS];

const SCALING = [
  "elasticache:IncreaseReplicaCount",
  "elasticache:DecreaseReplicaCount",
  "elasticache:ModifyReplicationGroupShardConfiguration",
];

function groupOf(resourceId: string, where: Where): string[] {
  return [arn("elasticache", `replicationgroup:${nameIn(resourceId)}`, where)];
}

/** @see Reader */
export function grants({ resourceId }: Registered, where: Where): Grant[] {
  return [{ actions: ["elasticache:DescribeReplicationGroups"], resources: groupOf(resourceId, where) }];
}

/** What scales replicas and shards, and what reads their nodes, whose names AWS makes. @see Reader */
export function validated({ resourceId }: Registered, where: Where): Grant[] {
  return [
    validatedGrant(SCALING, groupOf(resourceId, where)),
    validatedGrant(["elasticache:DescribeCacheClusters"], [arn("elasticache", "cluster:*", where)]),
    validatedGrant(["elasticache:DescribeCacheParameters"], [arn("elasticache", "parametergroup:*", where)]),
  ];
}

/** @see Reader */
export const load = () => import("../readers/elasticache-nodes.ts");

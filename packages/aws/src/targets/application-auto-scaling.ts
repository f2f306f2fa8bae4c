import type { ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { scalableTargetGrants } from "./scalable-target.ts";

type Registered = ResourceOf<"application-auto-scaling">;

export const documentation =
  "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html";

/** What the part of a resource id after a prefix such as `table/` is. */
export function nameIn(resourceId: string): string {
  return resourceId.split(/[/:]/)[1] ?? resourceId;
}

/** What reading the capacity itself takes, by dimension. Application Auto Scaling knows only the bounds. */
function capacityGrants({ dimension, resourceId }: Registered, where: Where): Grant[] {
  const name = nameIn(resourceId);
  switch (dimension) {
    case "rds:cluster:ReadReplicaCount":
      return [
        { actions: ["rds:DescribeDBClusters"], resources: [arn("rds", `cluster:${name}`, where)] },
        // Readers are found by their cluster, whatever their names.
        { actions: ["rds:DescribeDBInstances"], resources: [arn("rds", "db:*", where)] },
      ];
    case "dynamodb:table:ReadCapacityUnits":
    case "dynamodb:table:WriteCapacityUnits":
    case "dynamodb:index:ReadCapacityUnits":
    case "dynamodb:index:WriteCapacityUnits":
      return [{ actions: ["dynamodb:DescribeTable"], resources: [arn("dynamodb", `table/${name}`, where)] }];
    case "elasticache:replication-group:Replicas":
    case "elasticache:replication-group:NodeGroups":
      return [
        {
          actions: ["elasticache:DescribeReplicationGroups"],
          resources: [arn("elasticache", `replicationgroup:${name}`, where)],
        },
      ];
    default:
      return [];
  }
}

/** @see TargetKind */
export function grants(resource: Registered, where: Where, mode: TargetConfig["mode"]): Grant[] {
  const pins: Grant = {
    actions: ["application-autoscaling:RegisterScalableTarget"],
    resources: [arn("application-autoscaling", "scalable-target/*", where)],
  };
  return [
    ...capacityGrants(resource, where),
    ...scalableTargetGrants(where, mode),
    ...(mode === "control" ? [pins] : []),
  ];
}

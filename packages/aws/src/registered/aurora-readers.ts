import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { validated as validatedGrant } from "../native/scalable-target-grants.ts";
import { nameIn, type Registered } from "./reader.ts";

export const documentation =
  "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html";

export const dimensions = ["rds:cluster:ReadReplicaCount"];

/** @see Reader */
export function grants({ resourceId }: Registered, where: Where): Grant[] {
  return [
    { actions: ["rds:DescribeDBClusters"], resources: [arn("rds", `cluster:${nameIn(resourceId)}`, where)] },
    // Readers are found by their cluster, whatever their names.
    { actions: ["rds:DescribeDBInstances"], resources: [arn("rds", "db:*", where)] },
  ];
}

/**
 * Every test is of an instance that cannot be: without a name, or in an account that nobody has. It may come in a cluster,
 * with the parameter, option and subnet groups that AWS takes where none is named.
 * @see Reader
 */
export function validated({ resourceId }: Registered, where: Where): Grant[] {
  const groups = ["og:*", "pg:*", "subgrp:*"].map((rest) => arn("rds", rest, where));
  const cluster = arn("rds", `cluster:${nameIn(resourceId)}`, where);
  const instances = arn("rds", "db:*", where);
  return [
    validatedGrant(["rds:CreateDBInstance"], [cluster, instances, ...groups]),
    validatedGrant(["rds:DeleteDBInstance"], [instances]),
    validatedGrant(["rds:AddTagsToResource"], [arn("rds", "db:*", { ...where, region: "*", account: "*" })]),
  ];
}

/** @see Reader */
export const load = () => import("../readers/aurora-readers.ts");

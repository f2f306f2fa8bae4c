import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
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

/** @see Reader */
export const load = () => import("../readers/aurora-readers.ts");

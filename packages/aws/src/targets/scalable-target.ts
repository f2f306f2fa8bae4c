import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";

/**
 * What it takes to read, and in some modes to move, the bounds that Application Auto Scaling keeps. Its ARNs have an id
 * that only AWS knows, so they end in a star.
 */
export function scalableTargetGrants(where: Where, mode: TargetConfig["mode"]): Grant[] {
  const why = "Application Auto Scaling has no resource level for reading";
  const reads = ["DescribeScalableTargets", "DescribeScalingPolicies", "DescribeScheduledActions"];
  const reading: Grant = { actions: reads.map((read) => `application-autoscaling:${read}`), resources: ["*"], why };
  if (mode !== "floor") return [reading];
  const actions = ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:PutScheduledAction"];
  return [reading, { actions, resources: [arn("application-autoscaling", "scalable-target/*", where)] }];
}

import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";

const why = "Application Auto Scaling has no resource level for reading";

/** What it takes to read the bounds that Application Auto Scaling keeps, and what else it does. */
export function readingScalableTargets(...reads: string[]): Grant {
  const all = ["DescribeScalableTargets", ...reads];
  return { actions: all.map((read) => `application-autoscaling:${read}`), resources: ["*"], why };
}

/** What it takes to move them. Its ARNs have an id that only AWS knows, so they end in a star. */
export function movingScalableTargets(where: Where): Grant {
  const actions = ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:PutScheduledAction"];
  return { actions, resources: [arn("application-autoscaling", "scalable-target/*", where)] };
}

/** What a resource of a service of its own takes: in floor mode its minimum is moved, else its rivals are looked for. */
export function scalableTargetGrants(where: Where, mode: TargetConfig["mode"]): Grant[] {
  return mode === "floor"
    ? [readingScalableTargets(), movingScalableTargets(where)]
    : [readingScalableTargets("DescribeScalingPolicies", "DescribeScheduledActions")];
}

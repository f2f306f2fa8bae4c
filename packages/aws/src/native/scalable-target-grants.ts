import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";

const why = "Application Auto Scaling has no resource level for reading";

/** What it takes to read the bounds that Application Auto Scaling keeps, and what else it does. */
export function readingScalableTargets(...reads: string[]): Grant {
  const all = ["DescribeScalableTargets", ...reads];
  return { actions: all.map((read) => `application-autoscaling:${read}`), resources: ["*"], why };
}

/**
 * What Application Auto Scaling finds out of whoever moves bounds: it sends calls that cannot succeed in their name, and
 * refuses to register where one of those is denied.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
 */
export function validated(actions: string[], resources: string[]): Grant {
  return { actions, resources, validatedBy: "Application Auto Scaling, of whoever registers bounds" };
}

const ALARMS = ["cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"];

/**
 * What it takes to move them, besides what the service behind them has to allow. Its ARNs have an id that only AWS knows,
 * so they end in a star.
 */
export function movingScalableTargets(where: Where, ...more: string[]): Grant[] {
  const actions = ["RegisterScalableTarget", "PutScheduledAction", ...more];
  return [
    {
      actions: actions.map((action) => `application-autoscaling:${action}`),
      resources: [arn("application-autoscaling", "scalable-target/*", where)],
    },
    // AWS names the alarms of its policies, and there may be none.
    validated(ALARMS, [arn("cloudwatch", "alarm:*", where)]),
  ];
}

/** What a resource of a service of its own takes: in floor mode its minimum is moved, else its rivals are looked for. */
export function scalableTargetGrants(where: Where, mode: TargetConfig["mode"]): Grant[] {
  return mode === "floor"
    ? [readingScalableTargets(), ...movingScalableTargets(where)]
    : [readingScalableTargets("DescribeScalingPolicies", "DescribeScheduledActions")];
}

import type { ScalingPolicy, ScheduledUpdateGroupAction } from "@aws-sdk/client-auto-scaling";
import { stepsLower } from "./application-rivals.ts";

function lowers(policy: ScalingPolicy): boolean {
  if (policy.Enabled === false) return false;
  switch (policy.PolicyType) {
    case "TargetTrackingScaling":
      return policy.TargetTrackingConfiguration?.DisableScaleIn !== true;
    case "PredictiveScaling":
      return false; // it only raises
    default: {
      const steps = (policy.StepAdjustments ?? []).map(({ ScalingAdjustment }) => ScalingAdjustment);
      return stepsLower(policy.AdjustmentType, [...steps, policy.ScalingAdjustment]);
    }
  }
}

/** Policies of an Auto Scaling group that may lower, and what to do about each. */
export function loweringGroupPolicies(policies: readonly ScalingPolicy[]): string[] {
  return policies
    .filter(lowers)
    .map(({ PolicyName: name, PolicyType: type }) =>
      type === "TargetTrackingScaling"
        ? `target tracking policy "${name}" (disable its scale-in)`
        : `scaling policy "${name}" (disable it)`,
    );
}

/** Scheduled actions of an Auto Scaling group that set the capacity or its maximum. */
export function loweringGroupActions(actions: readonly ScheduledUpdateGroupAction[]): string[] {
  return actions
    .filter(({ DesiredCapacity, MaxSize }) => DesiredCapacity !== undefined || MaxSize !== undefined)
    .map(({ ScheduledActionName: name }) => `scheduled action "${name}" (delete it)`);
}

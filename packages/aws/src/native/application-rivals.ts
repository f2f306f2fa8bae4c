import type { ScalingPolicy, ScheduledAction } from "@aws-sdk/client-application-auto-scaling";

/** Whether steps of this kind may end lower than they began. */
export function stepsLower(adjustment: string | undefined, changes: readonly (number | undefined)[]): boolean {
  return adjustment === "ExactCapacity" || changes.some((change) => change !== undefined && change < 0);
}

function lowers(policy: ScalingPolicy): boolean {
  const { TargetTrackingScalingPolicyConfiguration: tracking, StepScalingPolicyConfiguration: steps } = policy;
  if (tracking !== undefined) return tracking.DisableScaleIn !== true;
  if (steps === undefined) return false; // predictive scaling only raises
  return stepsLower(
    steps.AdjustmentType,
    (steps.StepAdjustments ?? []).map(({ ScalingAdjustment }) => ScalingAdjustment),
  );
}

/** Policies of Application Auto Scaling that may lower, and what to do about each. */
export function loweringPolicies(policies: readonly ScalingPolicy[]): string[] {
  return policies
    .filter(lowers)
    .map(({ PolicyName: name, PolicyType: type }) =>
      type === "TargetTrackingScaling"
        ? `target tracking policy "${name}" (disable its scale-in)`
        : `step scaling policy "${name}" (delete it, or suspend scaling in)`,
    );
}

/** Scheduled actions that move the maximum, and so may lower. One that is past is gone. */
export function loweringActions(actions: readonly ScheduledAction[]): string[] {
  return actions
    .filter(({ ScalableTargetAction }) => ScalableTargetAction?.MaxCapacity !== undefined)
    .map(({ ScheduledActionName: name }) => `scheduled action "${name}" (delete it, or suspend scheduled scaling)`);
}

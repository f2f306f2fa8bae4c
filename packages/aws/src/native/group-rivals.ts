import {
  type AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
  type ScalingPolicy,
  type ScheduledUpdateGroupAction,
} from "@aws-sdk/client-auto-scaling";
import { collected } from "../answers.ts";
import { stepsLower } from "./application-rivals.ts";
import { FALLBACK_ACTION } from "./group-fallback.ts";

/** Entries a page: the most that AWS gives. */
const pageSize = 100;

type Scaling = { policies: ScalingPolicy[]; actions: ScheduledUpdateGroupAction[] };

/** Policies and scheduled actions, of one group or of all there are. @throws by the SDK's errors */
export async function whatScales(client: AutoScalingClient, list: { AutoScalingGroupName?: string }): Promise<Scaling> {
  const [policies, actions] = await Promise.all([
    collected(paginateDescribePolicies({ client, pageSize }, list), (page) => page.ScalingPolicies),
    collected(paginateDescribeScheduledActions({ client, pageSize }, list), (page) => page.ScheduledUpdateGroupActions),
  ]);
  return { policies, actions };
}

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
function loweringPolicies(policies: readonly ScalingPolicy[]): string[] {
  return policies
    .filter(lowers)
    .map(({ PolicyName: name, PolicyType: type }) =>
      type === "TargetTrackingScaling"
        ? `target tracking policy "${name}" (disable its scale-in)`
        : `scaling policy "${name}" (disable it)`,
    );
}

/** Scheduled actions of an Auto Scaling group that set the capacity, or a maximum below what Headroom sets. */
function loweringActions(actions: readonly ScheduledUpdateGroupAction[], max: number): string[] {
  return actions
    .filter(({ DesiredCapacity, MaxSize = max }) => DesiredCapacity !== undefined || MaxSize < max)
    .map(({ ScheduledActionName: name }) => `scheduled action "${name}" (delete it)`);
}

/** What of all that scales groups may lower this one. @param max the most units that Headroom sets */
export function groupRivals(
  { name, max }: { name: string; max: number },
  group: AutoScalingGroup | undefined,
  { policies, actions }: Scaling,
): string[] {
  const suspended = (group?.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName);
  const own = (each: { AutoScalingGroupName?: string | undefined }) => each.AutoScalingGroupName === name;
  const others = actions.filter(({ ScheduledActionName }) => ScheduledActionName !== FALLBACK_ACTION);
  return [
    ...(suspended.includes("AlarmNotification") ? [] : loweringPolicies(policies.filter(own))),
    ...(suspended.includes("ScheduledActions") ? [] : loweringActions(others.filter(own), max)),
  ];
}

import type { AutoScalingGroup, Instance } from "@aws-sdk/client-auto-scaling";
import type { CapacityAnswer } from "@headroom/decisions/model";

// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html: `Warmed:*` instances are in the
// warm pool, `Standby` ones were taken out by somebody, and neither counts towards the desired capacity.

const STARTING = [
  ...["Pending", "Pending:Wait", "Pending:Proceed"],
  ...["ReplacingRootVolume", "ReplacingRootVolume:Wait", "ReplacingRootVolume:Proceed", "RootVolumeReplaced"],
];
const IN_SERVICE = "InService";

/** Groups of mixed instance types may weigh them: capacity is then in weights, not in instances. */
function unitsOf(instances: readonly Instance[]): number {
  return instances.reduce((sum, { WeightedCapacity: weight }) => sum + (weight === undefined ? 1 : Number(weight)), 0);
}

/** What a group has, in units, as `DescribeAutoScalingGroups` tells it. */
export function capacityOfGroup(
  { DesiredCapacity = 0, MinSize = 0, MaxSize = 0, Instances = [] }: AutoScalingGroup,
  at: number,
): CapacityAnswer {
  const serving = Instances.filter(({ LifecycleState }) => LifecycleState === IN_SERVICE);
  const starting = Instances.filter(({ LifecycleState = "" }) => STARTING.some((state) => state === LifecycleState));
  return {
    ...{ is: "capacity", at, desired: DesiredCapacity, running: unitsOf([...serving, ...starting]) },
    ready: unitsOf(serving.filter(({ HealthStatus }) => HealthStatus?.toLowerCase() === "healthy")),
    ...{ minimum: MinSize, maximum: MaxSize },
    protected: unitsOf(serving.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn)),
  };
}

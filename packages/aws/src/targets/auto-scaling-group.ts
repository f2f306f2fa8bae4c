import type { ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";

type AutoScalingGroup = ResourceOf<"auto-scaling-group">;

export const documentation =
  "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html";

const READS = ["autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeInstanceRefreshes"];
const RIVALS = ["autoscaling:DescribePolicies", "autoscaling:DescribeScheduledActions"];

const CHANGES: { [Mode in TargetConfig["mode"]]: string[] } = {
  observe: [],
  floor: ["autoscaling:UpdateAutoScalingGroup", "autoscaling:PutScheduledUpdateGroupAction"],
  control: ["autoscaling:SetDesiredCapacity"],
};

/** @see TargetKind */
export function grants({ group }: AutoScalingGroup, where: Where, mode: TargetConfig["mode"]): Grant[] {
  const actions = CHANGES[mode];
  // The id in the middle is AWS's own; the name at the end is unique.
  const own = arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${group}`, where);
  return [
    {
      actions: mode === "floor" ? READS : [...READS, ...RIVALS],
      ...{ resources: ["*"], why: "EC2 Auto Scaling has no resource level for reading" },
    },
    ...(actions.length > 0 ? [{ actions, resources: [own] }] : []),
  ];
}

/** @see TargetKind */
export const load = () => import("../adapters/auto-scaling-group.ts");

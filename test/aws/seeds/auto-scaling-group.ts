import {
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeScheduledActionsCommand,
  StartInstanceRefreshCommand,
} from "@aws-sdk/client-auto-scaling";
import type { Seed } from "./seed.ts";

/** An image that moto knows. */
const IMAGE = "ami-12c6146b";

export const autoScalingGroup: Seed = {
  async create({ groups }, name, { units, min, max }) {
    const launch = { LaunchConfigurationName: name, ImageId: IMAGE, InstanceType: "t3.micro" } as const;
    await groups.send(new CreateLaunchConfigurationCommand(launch));
    await groups.send(
      new CreateAutoScalingGroupCommand({
        ...{ AutoScalingGroupName: name, LaunchConfigurationName: name, AvailabilityZones: ["us-east-1a"] },
        ...{ MinSize: min, MaxSize: max, DesiredCapacity: units },
      }),
    );
    return {
      resource: { kind: "auto-scaling-group", group: name },
      async deploy() {
        await groups.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: name }));
      },
      async fallbacks() {
        const command = new DescribeScheduledActionsCommand({ AutoScalingGroupName: name });
        const { ScheduledUpdateGroupActions = [] } = await groups.send(command);
        return ScheduledUpdateGroupActions.map(({ MinSize, StartTime }) => ({
          to: MinSize ?? Number.NaN,
          at: (StartTime?.getTime() ?? Number.NaN) / 1000,
        }));
      },
    };
  },
  missing: { kind: "auto-scaling-group", group: "missing" },
};

import {
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  StartInstanceRefreshCommand,
} from "@aws-sdk/client-auto-scaling";
import type { SeedClients } from "./clients.ts";
import type { Seed } from "./seed.ts";

/** An image that moto knows. */
const IMAGE = "ami-12c6146b";

async function track({ groups }: SeedClients, name: string, scaleIn: boolean): Promise<void> {
  await groups.send(
    new PutScalingPolicyCommand({
      ...{ AutoScalingGroupName: name, PolicyName: "native", PolicyType: "TargetTrackingScaling" },
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
        TargetValue: 50,
        DisableScaleIn: !scaleIn,
      },
    }),
  );
}

export const autoScalingGroup: Seed = {
  async create(clients, name, { units, min, max, native }) {
    const { groups } = clients;
    const launch = { LaunchConfigurationName: name, ImageId: IMAGE, InstanceType: "t3.micro" } as const;
    await groups.send(new CreateLaunchConfigurationCommand(launch));
    await groups.send(
      new CreateAutoScalingGroupCommand({
        ...{ AutoScalingGroupName: name, LaunchConfigurationName: name, AvailabilityZones: ["us-east-1a"] },
        ...{ MinSize: min, MaxSize: max, DesiredCapacity: units },
      }),
    );
    if (native !== undefined) await track(clients, name, native.scaleIn);
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

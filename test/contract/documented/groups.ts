import { xml, xmlError } from "./server.ts";
import { nameOfError, type Vector } from "./vector.ts";

const web = { id: "web", resource: { kind: "auto-scaling-group", group: "web" } } as const;
const API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";
const GUIDE = "https://docs.aws.amazon.com/autoscaling/ec2/userguide";

function instance(state: string, { health = "Healthy", isProtected = false } = {}): string {
  return `<member><InstanceId>i-${state}</InstanceId><AvailabilityZone>us-east-1a</AvailabilityZone>
    <LifecycleState>${state}</LifecycleState><HealthStatus>${health}</HealthStatus>
    <ProtectedFromScaleIn>${isProtected}</ProtectedFromScaleIn></member>`;
}

function groups(desired: number, instances: readonly string[], rest = ""): string {
  return `<AutoScalingGroups><member><AutoScalingGroupName>web</AutoScalingGroupName>
    <MinSize>2</MinSize><MaxSize>10</MaxSize><DesiredCapacity>${desired}</DesiredCapacity>
    <Instances>${instances.join("")}</Instances>${rest}</member></AutoScalingGroups>`;
}

function refreshes(status?: string): string {
  const member = status === undefined ? "" : `<member><Status>${status}</Status></member>`;
  return `<InstanceRefreshes>${member}</InstanceRefreshes>`;
}

/** What reads of a group answer. */
function group(desired: number, instances: readonly string[], refresh?: string, rest?: string) {
  return {
    "autoscaling:DescribeAutoScalingGroups": [xml("DescribeAutoScalingGroups", groups(desired, instances, rest))],
    "autoscaling:DescribeInstanceRefreshes": [xml("DescribeInstanceRefreshes", refreshes(refresh))],
    "autoscaling:DescribePolicies": [xml("DescribePolicies", "<ScalingPolicies/>")],
    "autoscaling:DescribeScheduledActions": [xml("DescribeScheduledActions", "<ScheduledUpdateGroupActions/>")],
  };
}

const usual = [instance("InService"), instance("InService")];

export const groupVectors: Vector[] = [
  {
    what: "a capacity above the maximum is refused",
    source: `${API}/API_SetDesiredCapacity.html`,
    emulators: "both take it",
    script: {
      "autoscaling:SetDesiredCapacity": [
        xmlError("ValidationError", "New SetDesiredCapacity value 11 is above max value 10 for the AutoScalingGroup."),
      ],
    },
    ask: (world) => nameOfError(world.capacities.set(web, 11)),
    gives: "Invalid",
  },
  {
    what: "a group that does not exist is a ValidationError that only its message tells from others",
    source: `${API}/API_SetDesiredCapacity.html`,
    emulators: "moto breaks",
    script: {
      "autoscaling:SetDesiredCapacity": [
        xmlError("ValidationError", "AutoScalingGroup name not found - AutoScalingGroup web not found"),
      ],
    },
    ask: (world) => nameOfError(world.capacities.set(web, 5)),
    gives: "NotFound",
  },
  {
    what: "a group in the middle of a change that cannot be interrupted is left for later",
    source: `${API}/API_SetDesiredCapacity.html`,
    emulators: "both change at once",
    script: {
      "autoscaling:SetDesiredCapacity": [xmlError("ScalingActivityInProgress", "Scaling activity is in progress.")],
    },
    ask: (world) => nameOfError(world.capacities.set(web, 5)),
    gives: "Conflict",
  },
  {
    what: "instances that start are running and not ready, and those that leave are neither",
    source: `${GUIDE}/ec2-auto-scaling-lifecycle.html`,
    emulators: "every instance is InService at once",
    script: group(5, [
      ...usual,
      instance("InService", { health: "Unhealthy" }),
      instance("Pending"),
      instance("Pending:Wait"),
      instance("Terminating"),
      instance("Terminating:Wait"),
    ]),
    ask: async (world) => (await world.capacities.read([web])).get("web"),
    gives: { is: "capacity", desired: 5, running: 5, ready: 2, deploying: false },
  },
  {
    what: "instances of a warm pool are no capacity",
    source: `${GUIDE}/warm-pool-instance-lifecycle.html`,
    emulators: "MiniStack has no warm pools, moto's stay empty",
    script: group(
      2,
      [...usual, instance("Warmed:Stopped"), instance("Warmed:Running"), instance("Warmed:Pending")],
      undefined,
      "<WarmPoolConfiguration><MinSize>3</MinSize></WarmPoolConfiguration><WarmPoolSize>3</WarmPoolSize>",
    ),
    ask: async (world) => (await world.capacities.read([web])).get("web"),
    gives: { is: "capacity", desired: 2, running: 2, ready: 2 },
  },
  {
    what: "protected instances are told",
    source: `${GUIDE}/ec2-auto-scaling-instance-protection.html`,
    emulators: "neither keeps them from being taken",
    script: group(3, [...usual, instance("InService", { isProtected: true })]),
    ask: async (world) => (await world.capacities.read([web])).get("web"),
    gives: { is: "capacity", desired: 3, protected: 1 },
  },
  ...["Pending", "InProgress", "Baking", "RollbackInProgress", "Cancelling"].map((status) => ({
    what: `an instance refresh that is ${status} is a deployment`,
    source: `${API}/API_InstanceRefresh.html`,
    emulators: "moto has no instance refresh, MiniStack's is over at once",
    script: group(2, usual, status),
    ask: async (world: Parameters<Vector["ask"]>[0]) => (await world.capacities.read([web])).get("web"),
    gives: { is: "capacity", desired: 2, deploying: true },
  })),
  ...["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"].map((status) => ({
    what: `an instance refresh that is ${status} is none`,
    source: `${API}/API_InstanceRefresh.html`,
    emulators: "moto has no instance refresh",
    script: group(2, usual, status),
    ask: async (world: Parameters<Vector["ask"]>[0]) => (await world.capacities.read([web])).get("web"),
    gives: { is: "capacity", desired: 2, deploying: false },
  })),
];

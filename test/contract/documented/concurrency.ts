import { expect } from "vitest";
import { json, jsonError } from "./server.ts";
import { nameOfError, type Vector } from "./vector.ts";

const alias = {
  id: "api",
  resource: { kind: "lambda-provisioned-concurrency", function: "api", alias: "live" },
} as const;
const mapping = {
  id: "jobs",
  resource: { kind: "event-source-concurrency", function: "jobs", mapping: "uuid" },
} as const;
const API = "https://docs.aws.amazon.com/lambda/latest/api";

const GET = "lambda:GetProvisionedConcurrencyConfig";
const unregistered = {
  "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [] })],
  "application-autoscaling:DescribeScalingPolicies": [json({ ScalingPolicies: [] })],
  "application-autoscaling:DescribeScheduledActions": [json({ ScheduledActions: [] })],
};

function provisioned(requested: number, allocated: number, available: number, Status: string) {
  return json({
    RequestedProvisionedConcurrentExecutions: requested,
    AllocatedProvisionedConcurrentExecutions: allocated,
    AvailableProvisionedConcurrentExecutions: available,
    Status,
  });
}

async function readAlias(world: Parameters<Vector["ask"]>[0]) {
  return (await world.capacities.read([alias])).get("api");
}

const registered = {
  "application-autoscaling:DescribeScalableTargets": [
    json({ ScalableTargets: [{ ResourceId: "function:api:live", MinCapacity: 2, MaxCapacity: 10 }] }),
  ],
  "application-autoscaling:DescribeScalingPolicies": [
    json({
      ScalingPolicies: [
        {
          ...{ PolicyName: "utilisation", PolicyType: "TargetTrackingScaling" },
          ...{ ResourceId: "function:api:live", ScalableDimension: "lambda:function:ProvisionedConcurrency" },
          TargetTrackingScalingPolicyConfiguration: { TargetValue: 0.7 },
        },
      ],
    }),
  ],
  "application-autoscaling:DescribeScheduledActions": [json({ ScheduledActions: [] })],
};

export const concurrencyVectors: Vector[] = [
  {
    what: "provisioned concurrency that is registered has bounds, and target tracking on it is a rival",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
    emulators: "moto has no provisioned concurrency, MiniStack no Application Auto Scaling",
    script: { ...registered, [GET]: [provisioned(3, 3, 3, "READY")] },
    ask: readAlias,
    gives: { is: "capacity", minimum: 2, maximum: 10, rivals: [expect.stringContaining("utilisation")] },
  },
  {
    what: "in floor mode nobody is a rival",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
    emulators: "moto has no provisioned concurrency, MiniStack no Application Auto Scaling",
    isFloor: true,
    script: { ...registered, [GET]: [provisioned(3, 3, 3, "READY")] },
    ask: async (world) => Object.keys((await readAlias(world)) ?? {}),
    gives: expect.not.arrayContaining(["rivals"]),
  },
  {
    what: "bounds move no provisioned concurrency by themselves: what is below a new minimum is raised to it",
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    emulators: "moto has no provisioned concurrency, MiniStack no Application Auto Scaling",
    isFloor: true,
    script: {
      "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [] })],
      "application-autoscaling:PutScheduledAction": [json({})],
      "application-autoscaling:RegisterScalableTarget": [json({})],
      [GET]: [provisioned(3, 3, 3, "READY")],
      "lambda:PutProvisionedConcurrencyConfig": [provisioned(5, 3, 3, "IN_PROGRESS")],
    },
    async ask(world, sent) {
      await world.capacities.setMinimum(alias, 5, { to: 2, at: 1_767_272_400 });
      return sent.asked("lambda:PutProvisionedConcurrencyConfig").map((body) => JSON.parse(body));
    },
    gives: [{ ProvisionedConcurrentExecutions: 5 }],
  },
  {
    what: "provisioned concurrency is allocated little by little, and serves when it is available",
    source: `${API}/API_GetProvisionedConcurrencyConfig.html`,
    emulators: "moto has none, MiniStack's is READY at once",
    script: { ...unregistered, [GET]: [provisioned(10, 6, 4, "IN_PROGRESS")] },
    ask: readAlias,
    gives: { is: "capacity", desired: 10, running: 6, ready: 4 },
  },
  {
    what: "an alias without provisioned concurrency has none, which is no failure",
    source: `${API}/API_GetProvisionedConcurrencyConfig.html`,
    emulators: "moto has none",
    script: {
      ...unregistered,
      [GET]: [
        jsonError("ProvisionedConcurrencyConfigNotFoundException", "No Provisioned Concurrency Config found", 404),
      ],
    },
    ask: readAlias,
    gives: { is: "capacity", desired: 0, running: 0, ready: 0 },
  },
  {
    what: "an alias that does not exist is a failure",
    source: `${API}/API_GetProvisionedConcurrencyConfig.html`,
    emulators: "MiniStack answers as if nothing were provisioned",
    script: { ...unregistered, [GET]: [jsonError("ResourceNotFoundException", "Cannot find alias arn: live", 404)] },
    ask: readAlias,
    gives: { is: "failed" },
  },
  {
    what: "a mapping that is still being changed is left for later",
    source: `${API}/API_UpdateEventSourceMapping.html`,
    emulators: "both change at once",
    script: {
      "lambda:UpdateEventSourceMapping": [
        jsonError("ResourceInUseException", "Cannot update the event source mapping because it is in use.", 400),
      ],
    },
    ask: (world) => nameOfError(world.capacities.set(mapping, 5)),
    gives: "Conflict",
  },
  ...[1, 1001].map(
    (capacity): Vector => ({
      what: `a mapping's maximum concurrency is 2 to 1,000, and not ${capacity}`,
      source: `${API}/API_ScalingConfig.html`,
      emulators: "moto takes anything",
      script: {
        "lambda:UpdateEventSourceMapping": [
          jsonError(
            "ValidationException",
            `Value '${capacity}' at 'scalingConfig.maximumConcurrency' failed to satisfy`,
          ),
        ],
      },
      ask: (world) => nameOfError(world.capacities.set(mapping, capacity)),
      gives: "Invalid",
    }),
  ),
];

import type { ScalingPolicy } from "@aws-sdk/client-application-auto-scaling";
import { expect, it } from "vitest";
import { loweringActions, loweringPolicies } from "./application-rivals.ts";

function policy(PolicyType: ScalingPolicy["PolicyType"], changes: Partial<ScalingPolicy>): ScalingPolicy {
  return {
    ...{
      PolicyARN: "arn",
      PolicyName: "p",
      ServiceNamespace: "ecs",
      ResourceId: "service/a/b",
      CreationTime: undefined,
    },
    ...{ ScalableDimension: "ecs:service:DesiredCount", PolicyType, ...changes },
  };
}

const tracking = (DisableScaleIn?: boolean) =>
  policy("TargetTrackingScaling", {
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 50,
      ...(DisableScaleIn === undefined ? {} : { DisableScaleIn }),
    },
  });

const steps = (
  AdjustmentType: "ChangeInCapacity" | "ExactCapacity" | "PercentChangeInCapacity",
  ...changes: number[]
) =>
  policy("StepScaling", {
    StepScalingPolicyConfiguration: {
      AdjustmentType,
      StepAdjustments: changes.map((ScalingAdjustment) => ({ ScalingAdjustment })),
    },
  });

it.each([
  ["target tracking", tracking(), true],
  ["target tracking with scale-in", tracking(false), true],
  ["target tracking as a backstop", tracking(true), false],
  ["steps up", steps("ChangeInCapacity", 1, 3), false],
  ["steps down", steps("ChangeInCapacity", 1, -1), true],
  ["steps down by per cent", steps("PercentChangeInCapacity", -10), true],
  ["steps to a capacity", steps("ExactCapacity", 4), true],
  ["predictive scaling", policy("PredictiveScaling", {}), false],
])("%s may lower: %#", (_, given, lowers) => {
  expect(loweringPolicies([given]).length > 0).toBe(lowers);
});

it.each([
  [{ MinCapacity: 4 }, false],
  [{ MaxCapacity: 4 }, true],
  [{ MinCapacity: 2, MaxCapacity: 4 }, true],
])("a schedule of %j may lower: %s", (ScalableTargetAction, lowers) => {
  const action = {
    ...({ ScheduledActionName: "night", ScheduledActionARN: "arn", ServiceNamespace: "ecs", ResourceId: "r" } as const),
    ...{ Schedule: "rate(1 day)", CreationTime: undefined, ScalableTargetAction },
  };
  expect(loweringActions([action]).length > 0).toBe(lowers);
});

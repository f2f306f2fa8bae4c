import type { ScalingPolicy } from "@aws-sdk/client-application-auto-scaling";
import { describe, expect, it } from "vitest";
import { scripted } from "../../../../test/builders/aws.ts";
import { json } from "../../../../test/contract/documented/server.ts";
import { loweringActions, loweringPolicies, rivalsOf } from "./application-rivals.ts";
import { type Registration, scalableTargets } from "./scalable-targets.ts";

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
  [{ MinCapacity: 4 }, { pinned: false }, false],
  [{ MaxCapacity: 4 }, { pinned: false }, true],
  [{ MinCapacity: 2, MaxCapacity: 4 }, { pinned: false }, true],
  [{ MaxCapacity: 9 }, { pinned: false }, true],
  [{ MaxCapacity: 10 }, { pinned: false }, false],
  [{ MinCapacity: 2 }, { pinned: true }, true],
  [{ MaxCapacity: 20 }, { pinned: true }, true],
])("a schedule of %j may lower what Headroom sets to 10 at most, %j: %s", (ScalableTargetAction, held, lowers) => {
  const action = {
    ...({ ScheduledActionName: "night", ScheduledActionARN: "arn", ServiceNamespace: "ecs", ResourceId: "r" } as const),
    ...{ Schedule: "rate(1 day)", CreationTime: undefined, ScalableTargetAction },
  };
  expect(loweringActions([action], { ...held, max: 10 })).toEqual(
    lowers ? ['scheduled action "night" (delete it)'] : [],
  );
});

describe("rivals in Application Auto Scaling", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `service/shop/s${index}`);
  const about = (ResourceId: string) => ({
    ...{ ServiceNamespace: "ecs", ResourceId, ScalableDimension: "ecs:service:DesiredCount", CreationTime: 0 },
  });
  const script = (ids: string[], SuspendedState: object = {}) => ({
    "application-autoscaling:DescribeScalableTargets": [
      json({
        ScalableTargets: ids.map((id) => ({
          ...about(id),
          MinCapacity: 1,
          MaxCapacity: 9,
          RoleARN: "r",
          SuspendedState,
        })),
      }),
    ],
    "application-autoscaling:DescribeScalingPolicies": [
      json({ ScalingPolicies: ids.map((id) => ({ ...tracking(), ...about(id), PolicyName: `cpu of ${id}` })) }),
    ],
    "application-autoscaling:DescribeScheduledActions": [
      json({
        ScheduledActions: ids.map((id) => ({
          ...{ ...about(id), ScheduledActionName: `night of ${id}`, ScheduledActionARN: "a", Schedule: "rate(1 day)" },
          ScalableTargetAction: { MaxCapacity: 2 },
        })),
      }),
    ],
  });

  async function look(ids: string[], given: ReturnType<typeof script>) {
    const wires = await scripted(given);
    const of = (resourceId: string): Registration => ({
      ...{ namespace: "ecs", resourceId, dimension: "ecs:service:DesiredCount" },
    });
    const found = await rivalsOf(
      scalableTargets(wires.connect),
      ids.map((id) => ({ id, resource: id, max: 10 })),
      { of, place: {} },
    );
    return { found, calls: wires.server.actions().length };
  }

  it.each([
    ["nothing", {}, [/^target tracking policy/, /^scheduled action/]],
    ["scaling in", { DynamicScalingInSuspended: true }, [/^scheduled action/]],
    ["schedules", { ScheduledScalingSuspended: true }, [/^target tracking policy/]],
  ])("with %s suspended", async (_, suspended, rivals) => {
    const [id = ""] = names(1);
    const { found } = await look([id], script([id], suspended));
    expect(found.get(id)).toEqual(rivals.map((each) => expect.stringMatching(each)));
  });

  it("are none of what is not registered, without another call", async () => {
    const { found, calls } = await look(["service/shop/web"], script([]));
    expect(found.get("service/shop/web")).toEqual([]);
    expect(calls).toBe(1);
  });

  it("of many are listed together, each with its own", async () => {
    const ids = names(40);
    const { found, calls } = await look(ids, script(ids));
    expect(calls).toBe(3);
    for (const id of ids) expect(found.get(id)?.[0]).toContain(`"cpu of ${id}"`);
  });
});

import type { Addressed } from "@headroom/loops/world";
import { expect, it } from "vitest";
import { scripted, unregistered } from "../../../test/builders/aws.ts";
import { json, jsonError, type Script } from "../../../test/contract/documented/server.ts";
import { createCapacities } from "./capacities.ts";

const web: Addressed = { id: "web", resource: { kind: "ecs-service", cluster: "shop", service: "web" } };
const worker: Addressed = {
  ...{ id: "worker", resource: { kind: "event-source-concurrency", function: "work", mapping: "0b1c" } },
};
const service = { serviceName: "web", status: "ACTIVE", desiredCount: 4, runningCount: 4, pendingCount: 0 };
const target = {
  ...{ ServiceNamespace: "ecs", ResourceId: "service/shop/web", ScalableDimension: "ecs:service:DesiredCount" },
  ...{ MinCapacity: 2, MaxCapacity: 9, RoleARN: "r", CreationTime: 0 },
};
const policy = {
  ...{ PolicyName: "cpu", PolicyARN: "p", PolicyType: "TargetTrackingScaling", CreationTime: 0 },
  ...{ ServiceNamespace: "ecs", ResourceId: "service/shop/web", ScalableDimension: "ecs:service:DesiredCount" },
  TargetTrackingScalingPolicyConfiguration: { TargetValue: 50 },
};

async function capacities(script: Script, contested: () => number | undefined = () => 9) {
  const wires = await scripted({
    ...unregistered,
    "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [target] })],
    "application-autoscaling:DescribeScalingPolicies": [json({ ScalingPolicies: [policy] })],
    "ecs:DescribeServices": [json({ services: [service] })],
    "lambda:GetEventSourceMapping": [
      json({ UUID: "0b1c", State: "Enabled", ScalingConfig: { MaximumConcurrency: 8 } }),
    ],
    ...script,
  });
  return { ...wires, ...createCapacities({ ...wires, contested }) };
}

it("kinds are read side by side, one answer for each target, with what else may lower it", async () => {
  const { read } = await capacities({});
  const answers = await read([web, worker]);
  expect(answers.get("web")).toMatchObject({
    desired: 4,
    rivals: ['target tracking policy "cpu" (disable its scale-in)'],
  });
  expect(answers.get("worker")).toMatchObject({ desired: 8, ready: 8, minimum: 2, maximum: 1000, rivals: [] });
});

it("a kind that fails fails alone", async () => {
  const { read } = await capacities({ "ecs:DescribeServices": [jsonError("AccessDeniedException", "not yours")] });
  const answers = await read([web, worker]);
  expect(answers.get("web")).toMatchObject({ is: "failed", why: expect.stringMatching(/^Denied: .*not yours/) });
  expect(answers.get("worker")).toMatchObject({ desired: 8 });
});

it("nobody asks who else may lower what native scaling is in charge of", async () => {
  const { read, server } = await capacities({}, () => undefined);
  expect((await read([web])).get("web")).not.toHaveProperty("rivals");
  expect(server.actions()).not.toContain("application-autoscaling:DescribeScalingPolicies");
});

it("a target is changed by its own kind", async () => {
  const { asked, set } = await capacities({ "lambda:UpdateEventSourceMapping": [json({})] });
  await set(worker, 12);
  expect(asked("lambda:UpdateEventSourceMapping")).toEqual([{ ScalingConfig: { MaximumConcurrency: 12 } }]);
});

it("a mapping without a maximum has no capacity to move", async () => {
  const { read } = await capacities({ "lambda:GetEventSourceMapping": [json({ UUID: "0b1c", State: "Enabled" })] });
  expect((await read([worker])).get("worker")).toMatchObject({
    is: "failed",
    why: expect.stringMatching(/^Invalid: .*give it one/),
  });
});

it("a mapping that does not poll serves nothing", async () => {
  const disabled = { UUID: "0b1c", State: "Disabled", ScalingConfig: { MaximumConcurrency: 8 } };
  const { read } = await capacities({ "lambda:GetEventSourceMapping": [json(disabled)] });
  expect((await read([worker])).get("worker")).toMatchObject({ desired: 8, running: 0, ready: 0 });
});

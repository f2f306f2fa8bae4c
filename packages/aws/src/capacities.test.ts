import { Throttled } from "@headroom/decisions/errors";
import type { Addressed, Capacities } from "@headroom/loops/world";
import { describe, expect, it } from "vitest";
import { result, scripted, unregistered } from "../../../test/builders/aws.ts";
import { json, jsonError, type Script, xmlError } from "../../../test/contract/documented/server.ts";
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

async function capacities(script: Script, contested: () => number | undefined = () => 9, more = {}) {
  const wires = await scripted(
    {
      ...unregistered,
      "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [target] })],
      "application-autoscaling:DescribeScalingPolicies": [json({ ScalingPolicies: [policy] })],
      "ecs:DescribeServices": [json({ services: [service] })],
      "lambda:GetEventSourceMapping": [
        json({ UUID: "0b1c", State: "Enabled", ScalingConfig: { MaximumConcurrency: 8 } }),
      ],
      ...script,
    },
    more,
  );
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

it("what else may lower a target is null while it was never known", async () => {
  const { pass, read } = await capacities({
    "application-autoscaling:DescribeScalingPolicies": [
      jsonError("ThrottlingException", "Rate exceeded"),
      json({ ScalingPolicies: [] }),
    ],
  });
  const first = await read([web]);
  expect(first.get("web")).toMatchObject({ desired: 4, rivals: null });
  pass(60);
  expect((await read([web])).get("web")).toMatchObject({ rivals: [] });
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

type Change = (by: Capacities) => Promise<void>;

describe("what changes something is tried once, for its claim may end before another try", () => {
  const group: Addressed = { id: "group", resource: { kind: "auto-scaling-group", group: "web" } };
  const alias: Addressed = {
    ...{ id: "alias", resource: { kind: "lambda-provisioned-concurrency", function: "f", alias: "live" } },
  };
  const readers: Addressed = {
    id: "readers",
    resource: {
      ...{ kind: "application-auto-scaling", namespace: "rds", resourceId: "cluster:orders" },
      dimension: "rds:cluster:ReadReplicaCount",
    },
  };
  const fallback = { to: 1, at: 2_000_000_000 };
  const groups = result("DescribeAutoScalingGroups", { AutoScalingGroups: [] });

  it.each<[string, Change, Script]>([
    ["ecs:UpdateService", ({ set }) => set(web, 5), {}],
    ["lambda:UpdateEventSourceMapping", ({ set }) => set(worker, 5), {}],
    ["lambda:PutProvisionedConcurrencyConfig", ({ set }) => set(alias, 5), {}],
    ["lambda:DeleteProvisionedConcurrencyConfig", ({ set }) => set(alias, 0), {}],
    ["autoscaling:SetDesiredCapacity", ({ set }) => set(group, 5), {}],
    ["autoscaling:PutScheduledUpdateGroupAction", ({ setMinimum }) => setMinimum(group, 5, fallback), {}],
    [
      "autoscaling:UpdateAutoScalingGroup",
      ({ setMinimum }) => setMinimum(group, 5, fallback),
      { "autoscaling:PutScheduledUpdateGroupAction": [result("PutScheduledUpdateGroupAction", {})] },
    ],
    ["application-autoscaling:PutScheduledAction", ({ set }) => set(readers, 5), {}],
    [
      "application-autoscaling:RegisterScalableTarget",
      ({ set }) => set(readers, 5),
      { "application-autoscaling:PutScheduledAction": [json({})] },
    ],
    [
      "application-autoscaling:DeleteScheduledAction",
      ({ set }) => set(readers, 5),
      {
        "application-autoscaling:DescribeScheduledActions": [
          json({ ScheduledActions: [{ ScheduledActionName: "headroom-floor" }] }),
        ],
      },
    ],
  ])("%s", async (action, change, script) => {
    const isQuery = action.startsWith("autoscaling:");
    const refusal = (isQuery ? xmlError : jsonError)("ServiceUnavailable", "not now", 503);
    const before = { "autoscaling:DescribeAutoScalingGroups": [groups], ...script };
    const wires = await capacities({ ...before, [action]: [refusal] }, () => 9, { maxAttempts: 3 });
    await expect(change(wires)).rejects.toThrow(Throttled);
    expect(wires.server.actions().filter((each) => each === action)).toHaveLength(1);
  });

  it("and what only reads is tried again", async () => {
    const busy = jsonError("ServiceUnavailableException", "not now", 503);
    const described = [busy, json({ services: [service] })];
    const { read } = await capacities({ "ecs:DescribeServices": described }, () => 9, { maxAttempts: 3 });
    expect((await read([web])).get("web")).toMatchObject({ desired: 4 });
  });
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

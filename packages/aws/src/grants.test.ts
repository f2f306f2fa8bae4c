import { type FleetInput, fleet } from "@headroom/decisions/config/fleet";
import { describe, expect, it } from "vitest";
import { draining, metric, tracking } from "../../../test/builders/decisions.ts";
import { forecastGrantsOf, type Grant, grantsOf, grantsOfRole } from "./grants.ts";

const here = { partition: "aws", region: "eu-west-1", account: "111122223333" };
const ROLE = "arn:aws:iam::444455556666:role/headroom";

type Target = FleetInput["targets"][string];

const web: Target = {
  resource: { kind: "ecs-service", cluster: "shop", service: "web" },
  ...{ min: 2, max: 9, policies: [tracking({ signals: [metric("load")] })] },
};
const readers: Target["resource"] = {
  ...{ kind: "application-auto-scaling", namespace: "rds", resourceId: "cluster:orders" },
  dimension: "rds:cluster:ReadReplicaCount",
};

function granted(targets: Record<string, Target>): Grant[] {
  return grantsOf(fleet.parse({ name: "shop", targets }), here);
}

/** By action: on which resources. */
function resourcesOf(grants: readonly Grant[]): Record<string, string[]> {
  return Object.fromEntries(grants.flatMap(({ actions, resources }) => actions.map((action) => [action, resources])));
}

const changes = (grants: readonly Grant[]) =>
  Object.keys(resourcesOf(grants)).filter((action) => !/:(Get|List|Describe)/.test(action));

describe("grants", () => {
  it("of a target that only observes change nothing", () => {
    expect(changes(granted({ web }))).toEqual([]);
  });

  it("name the resource, and say why where AWS has none to name", () => {
    const grants = granted({ web: { ...web, mode: "control" } });
    expect(resourcesOf(grants)).toMatchObject({
      "ecs:DescribeServices": ["arn:aws:ecs:eu-west-1:111122223333:service/shop/web"],
      "ecs:UpdateService": ["arn:aws:ecs:eu-west-1:111122223333:service/shop/web"],
      "cloudwatch:GetMetricData": ["*"],
    });
    for (const { resources, why } of grants) expect(why !== undefined).toBe(resources.includes("*"));
    expect(grants.flatMap(({ actions }) => actions).filter((action) => action.includes("*"))).toEqual([]);
  });

  it.each<[string, Target["resource"], NonNullable<Target["mode"]>, string[]]>([
    ["an ECS service", web.resource, "control", ["ecs:UpdateService"]],
    [
      "an ECS service's minimum",
      web.resource,
      "floor",
      [
        ...["application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget"],
        "ecs:UpdateService",
      ],
    ],
    ["a group", { kind: "auto-scaling-group", group: "g" }, "control", ["autoscaling:SetDesiredCapacity"]],
    [
      "a group's minimum",
      { kind: "auto-scaling-group", group: "g" },
      "floor",
      ["autoscaling:PutScheduledUpdateGroupAction", "autoscaling:UpdateAutoScalingGroup"],
    ],
    [
      "provisioned concurrency",
      { kind: "lambda-provisioned-concurrency", function: "f", alias: "live" },
      "control",
      ["lambda:DeleteProvisionedConcurrencyConfig", "lambda:PutProvisionedConcurrencyConfig"],
    ],
    [
      "a mapping",
      { kind: "event-source-concurrency", function: "f", mapping: "0b1c" },
      "control",
      ["lambda:UpdateEventSourceMapping"],
    ],
    [
      "readers",
      readers,
      "control",
      ["application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget"],
    ],
  ])("to change %s are no more than these", (_, resource, mode, actions) => {
    expect(changes(granted({ it: { ...web, resource, mode } })).sort()).toEqual(actions);
  });

  it("of protected tasks and of readers are for those that have them", () => {
    expect(resourcesOf(granted({ web }))["ecs:GetTaskProtection"]).toBeUndefined();
    const busy = granted({
      web: { ...web, resource: { ...web.resource, taskProtection: true } as Target["resource"] },
    });
    expect(resourcesOf(busy)["ecs:GetTaskProtection"]).toEqual(["arn:aws:ecs:eu-west-1:111122223333:task/shop/*"]);
    expect(resourcesOf(granted({ readers: { ...web, resource: readers } }))).toMatchObject({
      "rds:DescribeDBClusters": ["arn:aws:rds:eu-west-1:111122223333:cluster:orders"],
    });
  });

  it("of queues are on each queue, and who reads no metric needs none for it", () => {
    const queue = resourcesOf(granted({ work: { ...web, policies: [draining({ queue: "images" })] } }));
    expect(queue["sqs:GetQueueAttributes"]).toEqual(["arn:aws:sqs:eu-west-1:111122223333:images"]);
    const windows = [{ start: "0 9 * * *", end: "0 18 * * *", zone: "UTC", floor: 3 }];
    const scheduled = resourcesOf(granted({ web: { ...web, policies: [{ kind: "schedule", windows }] } }));
    expect(scheduled["cloudwatch:GetMetricData"]).toBeUndefined();
  });

  it("are in the target's own Region", () => {
    const there = granted({ web: { ...web, region: "us-east-1" } });
    expect(resourcesOf(there)["ecs:DescribeServices"]).toEqual(["arn:aws:ecs:us-east-1:111122223333:service/shop/web"]);
  });

  it("of a target with a role are that role's, and ours is to assume it", () => {
    const config = fleet.parse({ name: "shop", targets: { web: { ...web, account: "444455556666", role: ROLE } } });
    expect(grantsOf(config, here)).toEqual([{ actions: ["sts:AssumeRole"], resources: [ROLE] }]);
    expect(resourcesOf(grantsOfRole(config, ROLE, here))["ecs:DescribeServices"]).toEqual([
      "arn:aws:ecs:eu-west-1:444455556666:service/shop/web",
    ]);
  });

  it("are the same whatever the order of the targets, each resource once", () => {
    const other: Target = { ...web, resource: { kind: "ecs-service", cluster: "shop", service: "api" } };
    const grants = granted({ web, other });
    expect(granted({ other, web })).toEqual(grants);
    const described = grants.filter(({ actions }) => actions.includes("ecs:DescribeServices"));
    expect(described.map(({ resources }) => resources.length)).toEqual([2]);
  });

  it("to make forecasts are to read metrics, in the roles of the targets that are forecast", () => {
    const predicted: Target = { ...web, policies: [{ kind: "predictive", target: 60, signal: metric("load") }] };
    const abroad: Target = { ...predicted, region: "us-east-1", account: "444455556666", role: ROLE };
    const forecasting = (targets: Record<string, Target>) =>
      resourcesOf(forecastGrantsOf(fleet.parse({ name: "shop", targets })));
    expect(forecasting({ web })).toEqual({});
    expect(forecasting({ web, predicted: { ...predicted, resource: readers } })).toEqual({
      "cloudwatch:GetMetricData": ["*"],
    });
    expect(forecasting({ web, abroad })).toEqual({ "sts:AssumeRole": [ROLE] });
  });
});

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
function scalable(namespace: string, resourceId: string, dimension: string): Target["resource"] {
  return { kind: "application-auto-scaling", namespace, resourceId, dimension };
}
const readers = scalable("rds", "cluster:orders", "rds:cluster:ReadReplicaCount");

function granted(targets: Record<string, Target>): Grant[] {
  return grantsOf(fleet.parse({ name: "shop", targets }), here);
}

/** What Headroom itself calls. */
const used = (grants: readonly Grant[]) => grants.filter(({ validatedBy }) => validatedBy === undefined);

/** By action: on which resources. */
function resourcesOf(grants: readonly Grant[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { actions, resources } of grants) {
    for (const action of actions) found[action] = [...(found[action] ?? []), ...resources].sort();
  }
  return found;
}

const changes = (grants: readonly Grant[]) =>
  Object.keys(resourcesOf(used(grants))).filter((action) => !/:(Get|List|Describe)/.test(action));

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
      [
        "application-autoscaling:DeleteScheduledAction",
        ...["application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget"],
      ],
    ],
  ])("to change %s are no more than these", (_, resource, mode, actions) => {
    expect(changes(granted({ it: { ...web, resource, mode } })).sort()).toEqual(actions);
  });

  it.each<[string, Target["resource"], NonNullable<Target["mode"]>, Record<string, string[]>]>([
    [
      "readers",
      readers,
      "control",
      {
        "rds:CreateDBInstance": ["eu-west-1:111122223333:cluster:orders", "eu-west-1:111122223333:db:*"],
        "rds:DeleteDBInstance": ["eu-west-1:111122223333:db:*"],
        "rds:AddTagsToResource": ["*:*:db:*"], // asked of an account that nobody has
      },
    ],
    [
      "a table",
      scalable("dynamodb", "table/orders", "dynamodb:table:ReadCapacityUnits"),
      "floor",
      { "dynamodb:UpdateTable": ["eu-west-1:111122223333:table/orders"] },
    ],
    [
      "a cache",
      scalable("elasticache", "replication-group/cache", "elasticache:replication-group:Replicas"),
      "control",
      {
        "elasticache:IncreaseReplicaCount": ["eu-west-1:111122223333:replicationgroup:cache"],
        "elasticache:DecreaseReplicaCount": ["eu-west-1:111122223333:replicationgroup:cache"],
        "elasticache:ModifyReplicationGroupShardConfiguration": ["eu-west-1:111122223333:replicationgroup:cache"],
        "elasticache:DescribeCacheClusters": ["eu-west-1:111122223333:cluster:*"],
        "elasticache:DescribeCacheParameters": ["eu-west-1:111122223333:parametergroup:*"],
      },
    ],
    ["a service", web.resource, "floor", {}],
    [
      "an alias",
      { kind: "lambda-provisioned-concurrency", function: "f", alias: "live" },
      "floor",
      { "lambda:DeleteProvisionedConcurrencyConfig": ["eu-west-1:111122223333:function:f:live"] },
    ],
  ])("hold what Application Auto Scaling tests before it moves the bounds of %s", (_, resource, mode, expected) => {
    const grants = granted({ it: { ...web, resource, mode } });
    const tested = resourcesOf(grants.filter(({ validatedBy }) => validatedBy?.startsWith("Application Auto Scaling")));
    const alarms = ["DescribeAlarms", "PutMetricAlarm", "DeleteAlarms"];
    expect(Object.keys(tested).sort()).toEqual(
      [...Object.keys(expected), ...alarms.map((action) => `cloudwatch:${action}`)].sort(),
    );
    for (const [action, resources] of Object.entries(expected)) {
      const [service] = action.split(":");
      expect(tested[action]).toEqual(expect.arrayContaining(resources.map((rest) => `arn:aws:${service}:${rest}`)));
    }
    for (const action of Object.keys(tested)) expect(resourcesOf(used(grants))[action]).toBeUndefined();
    expect(granted({ it: { ...web, resource } }).filter(({ validatedBy }) => validatedBy !== undefined)).toEqual([]);
  });

  it("that somebody tests and Headroom uses are there once", () => {
    const tables = { ...web, resource: scalable("dynamodb", "table/orders", "dynamodb:table:ReadCapacityUnits") };
    const alike = { ...tables, resource: scalable("dynamodb", "table/orders", "dynamodb:table:WriteCapacityUnits") };
    const grants = granted({ one: { ...tables, mode: "control" }, other: { ...alike, mode: "control" } });
    const pairs = grants.flatMap(({ actions, resources }) => actions.flatMap((a) => resources.map((r) => `${a} ${r}`)));
    expect(pairs).toHaveLength(new Set(pairs).size);
  });

  it("to list the tasks of a service are on everything in its cluster", () => {
    const listing = (cluster: string) =>
      granted({ web: { ...web, resource: { kind: "ecs-service", cluster, service: "web", taskProtection: true } } });
    const [found, ...more] = [...listing("shop"), ...listing("back")].filter(({ actions }) =>
      actions.includes("ecs:ListTasks"),
    );
    expect(found).toEqual({
      ...{ actions: ["ecs:ListTasks"], resources: ["*"], why: expect.stringContaining("cluster") },
      conditions: { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-west-1:111122223333:cluster/shop" } },
    });
    expect(more).toHaveLength(1);
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

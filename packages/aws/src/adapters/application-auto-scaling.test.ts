import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { Invalid } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import { result, scripted, unregistered } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { json, jsonError, type Script } from "../../../../test/contract/documented/server.ts";
import { adapter } from "./application-auto-scaling.ts";

const TARGETS = "application-autoscaling:DescribeScalableTargets";
const ACTIONS = "application-autoscaling:DescribeScheduledActions";
const REGISTER = "application-autoscaling:RegisterScalableTarget";
const SCHEDULE = "application-autoscaling:PutScheduledAction";
const UNSCHEDULE = "application-autoscaling:DeleteScheduledAction";
const HERE: Place = {};

type Scalable = ResourceOf<"application-auto-scaling">;

function scalable(namespace: string, resourceId: string, dimension: string): Scalable {
  return { kind: "application-auto-scaling", namespace, resourceId, dimension };
}
const readers = scalable("rds", "cluster:orders", "rds:cluster:ReadReplicaCount");
const reads = scalable("dynamodb", "table/orders", "dynamodb:table:ReadCapacityUnits");

function registered(
  { namespace, resourceId, dimension }: Scalable,
  MinCapacity: number,
  MaxCapacity: number,
  more = {},
) {
  const names = { ServiceNamespace: namespace, ResourceId: resourceId, ScalableDimension: dimension };
  return json({ ScalableTargets: [{ ...names, MinCapacity, MaxCapacity, RoleARN: "r", CreationTime: NOON, ...more }] });
}

const scheduled = (name: string, action: object, { resourceId, dimension } = readers) => {
  const about = { ResourceId: resourceId, ScalableDimension: dimension, Schedule: "rate(1 day)" };
  return json({ ScheduledActions: [{ ScheduledActionName: name, ScalableTargetAction: action, ...about }] });
};

const table = (units: number) => json({ Table: { ProvisionedThroughput: { ReadCapacityUnits: units } } });

async function scaled(script: Script) {
  const wires = await scripted({ ...unregistered, [REGISTER]: [json({})], [SCHEDULE]: [json({})], ...script });
  const own = adapter(wires);
  return {
    ...wires,
    ...own,
    one: async (resource: Scalable) => (await own.read([{ id: "it", resource }], HERE)).get("it"),
  };
}

describe("reading what Application Auto Scaling scales", () => {
  it("asks the service itself for units, and gives the bounds", async () => {
    const { one } = await scaled({ "dynamodb:DescribeTable": [table(40)], [TARGETS]: [registered(reads, 5, 100)] });
    expect(await one(reads)).toEqual({
      ...{ is: "capacity", at: NOON, desired: 40, running: 40, ready: 40, minimum: 5, maximum: 100 },
    });
  });

  it("knows pinned bounds for what control set, which is not a bound", async () => {
    const { one } = await scaled({ "dynamodb:DescribeTable": [table(40)], [TARGETS]: [registered(reads, 60, 60)] });
    expect(await one(reads)).toEqual({ is: "capacity", at: NOON, desired: 60, running: 40, ready: 40 });
  });

  it("knows a minimum that floor mode raised to the maximum for a minimum", async () => {
    const { one } = await scaled({
      "dynamodb:DescribeTable": [table(40)],
      [TARGETS]: [registered(reads, 60, 60)],
      [ACTIONS]: [scheduled("headroom-floor", { MinCapacity: 5 })],
    });
    expect(await one(reads)).toMatchObject({ desired: 40, minimum: 60, maximum: 60 });
  });

  it("counts the readers of an Aurora cluster, whoever made them", async () => {
    const members = ["w", "a", "b", "c"].map((name) => ({ DBInstanceIdentifier: name, IsClusterWriter: name === "w" }));
    const statuses = Object.entries({ w: "available", a: "available", b: "creating", c: "deleting" });
    const instances = statuses.map(([name, status]) => ({ DBInstanceIdentifier: name, DBInstanceStatus: status }));
    const tagged = (tag: string, items: object[]) =>
      items.map((item) => result("x", { [tag]: item }).body.replace(/^.*<xResult>|<\/xResult>.*$/g, "")).join("");
    const { one, posted } = await scaled({
      [TARGETS]: [registered(readers, 1, 9)],
      "rds:DescribeDBClusters": [
        result("DescribeDBClusters", {
          DBClusters: tagged("DBCluster", [
            { DBClusterIdentifier: "orders", DBClusterMembers: tagged("DBClusterMember", members) },
          ]),
        }),
      ],
      "rds:DescribeDBInstances": [
        result("DescribeDBInstances", { DBInstances: tagged("DBInstance", instances.slice(0, 2)), Marker: "more" }),
        result("DescribeDBInstances", { DBInstances: tagged("DBInstance", instances.slice(2)) }),
      ],
    });
    expect(await one(readers)).toMatchObject({ desired: 2, running: 2, ready: 1, minimum: 1 });
    expect(posted("rds:DescribeDBInstances")[0]).toMatchObject({
      "Filters.Filter.1.Name": "db-cluster-id",
      "Filters.Filter.1.Values.Value.1": "orders",
    });
  });

  it("counts the shards of a cache that serve, while others are made", async () => {
    const cache = scalable("elasticache", "replication-group/cache", "elasticache:replication-group:NodeGroups");
    const states = ["available", "modifying", "modifying", "creating", "deleting"];
    const groups = states.map((status) => `<NodeGroup><Status>${status}</Status></NodeGroup>`).join("");
    const NodeGroups = `<ReplicationGroup><NodeGroups>${groups}</NodeGroups></ReplicationGroup>`;
    const { one } = await scaled({
      "elasticache:DescribeReplicationGroups": [result("DescribeReplicationGroups", { ReplicationGroups: NodeGroups })],
      [TARGETS]: [registered(cache, 1, 9)],
    });
    expect(await one(cache)).toMatchObject({ desired: 5, running: 5, ready: 3 });
  });

  it("reads an index of a table", async () => {
    const index = scalable("dynamodb", "table/orders/index/by-day", "dynamodb:index:WriteCapacityUnits");
    const indexes = [{ IndexName: "by-day", ProvisionedThroughput: { WriteCapacityUnits: 7 } }];
    const { one } = await scaled({
      "dynamodb:DescribeTable": [json({ Table: { GlobalSecondaryIndexes: indexes } })],
      [TARGETS]: [registered(index, 5, 100)],
    });
    expect(await one(index)).toMatchObject({ desired: 7 });
  });

  it.each([
    ["what nobody registered", reads, /^NotFound: table\/orders is not registered/],
    ["what is on demand", scalable("dynamodb", "table/free", "dynamodb:table:ReadCapacityUnits"), /on demand/],
    [
      "what Headroom cannot read",
      scalable("neptune", "cluster:graph", "neptune:cluster:ReadReplicaCount"),
      /^Invalid: the capacity of neptune:cluster:ReadReplicaCount cannot be read; what can is rds:cluster/,
    ],
    [
      "what AWS does not know",
      scalable("rds", "cluster:orders", "rds:cluster:Readers"),
      /^Invalid: cluster:orders has/,
    ],
  ])("fails for %s", async (_, resource, why) => {
    const { one } = await scaled({ "dynamodb:DescribeTable": [table(resource === reads ? 40 : 0)] });
    expect(await one(resource)).toEqual({ is: "failed", why: expect.stringMatching(why) });
  });
});

describe("changing what Application Auto Scaling scales", () => {
  it("pins both bounds, and has AWS go there before the next tick puts it off", async () => {
    const { asked, set } = await scaled({});
    await set(readers, 4, HERE);
    expect(asked(REGISTER)).toMatchObject([{ ResourceId: "cluster:orders", MinCapacity: 4, MaxCapacity: 4 }]);
    expect(asked(SCHEDULE)).toMatchObject([
      { Schedule: "at(2026-01-01T12:00:30)", ScalableTargetAction: { MinCapacity: 4, MaxCapacity: 4 } },
    ]);
  });

  it("takes back the fallback that floor mode left, before it pins the bounds", async () => {
    const { asked, server, set } = await scaled({
      [ACTIONS]: [scheduled("headroom-floor", { MinCapacity: 3 })],
      [UNSCHEDULE]: [json({})],
    });
    await set(readers, 6, HERE);
    const changes = server.actions().filter((action) => !action.includes("Describe"));
    expect(changes).toEqual([UNSCHEDULE, SCHEDULE, REGISTER]);
    expect(asked(UNSCHEDULE)).toMatchObject([{ ResourceId: "cluster:orders", ScheduledActionName: "headroom-floor" }]);
  });

  it("pins the bounds when the fallback has come to pass meanwhile", async () => {
    const { asked, set } = await scaled({
      [ACTIONS]: [scheduled("headroom-floor", { MinCapacity: 3 })],
      [UNSCHEDULE]: [jsonError("ObjectNotFoundException", "No scheduled action found")],
    });
    await set(readers, 6, HERE);
    expect(asked(REGISTER)).toMatchObject([{ MinCapacity: 6, MaxCapacity: 6 }]);
  });

  it("changes nothing while scheduled scaling is suspended, since nothing would enforce it, or take it back", async () => {
    const SuspendedState = { ScheduledScalingSuspended: true };
    const { server, set, setMinimum } = await scaled({ [TARGETS]: [registered(readers, 1, 9, { SuspendedState })] });
    await expect(set(readers, 4, HERE)).rejects.toThrow(/^scheduled scaling of cluster:orders is suspended.*resume it/);
    await expect(setMinimum(readers, 4, { to: 1, at: NOON + 3600 }, HERE)).rejects.toThrow(Invalid);
    expect(server.actions().filter((action) => !action.includes("Describe"))).toEqual([]);
  });

  it("moves the minimum alone in floor mode, with its fallback scheduled first", async () => {
    const { asked, setMinimum } = await scaled({});
    await setMinimum(readers, 4, { to: 1, at: NOON + 3600 }, HERE);
    expect(asked(SCHEDULE)).toMatchObject([
      { ScheduledActionName: "headroom-floor", ScalableTargetAction: { MinCapacity: 1 } },
      { ScheduledActionName: "headroom-bounds", ScalableTargetAction: { MinCapacity: 4 } },
    ]);
    for (const body of asked(REGISTER)) expect(body).not.toHaveProperty("MaxCapacity");
  });

  it("refuses what AWS does not know, before any call", async () => {
    const { server, set } = await scaled({});
    await expect(set(scalable("rds", "cluster:orders", "rds:cluster:Readers"), 4, HERE)).rejects.toThrow(Invalid);
    expect(server.actions()).toEqual([]);
  });

  it("has unknown rivals where its service's could not be looked at, and those of others are known", async () => {
    const refused = jsonError("AccessDeniedException", "not yours");
    const { rivals } = await scaled({
      [TARGETS]: [(request) => (request.includes("dynamodb") ? refused : registered(readers, 4, 4))],
      [ACTIONS]: [scheduled("night", { MinCapacity: 1 })],
    });
    const asked = Object.entries({ readers, reads }).map(([id, resource]) => ({ id, resource, max: 9 }));
    expect(await rivals(asked, HERE)).toEqual(new Map([["readers", ['scheduled action "night" (delete it)']]]));
  });

  it("has rivals in schedules that move a bound, and none in policies, which stay between the bounds", async () => {
    const { rivals, server } = await scaled({
      [TARGETS]: [registered(readers, 4, 4)],
      [ACTIONS]: [scheduled("night", { MinCapacity: 1 })],
    });
    const unknown = scalable("rds", "cluster:orders", "rds:cluster:Readers");
    const found = await rivals(
      [
        { id: "readers", resource: readers, max: 9 },
        { id: "unknown", resource: unknown, max: 9 },
      ],
      HERE,
    );
    expect(found).toEqual(new Map([["readers", ['scheduled action "night" (delete it)']]]));
    expect(server.actions()).not.toContain("application-autoscaling:DescribeScalingPolicies");
  });
});

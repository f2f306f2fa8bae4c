import type { ResourceOf } from "@headroom/decisions/config/resources";
import { expect } from "vitest";
import { json, type Script, xml } from "./server.ts";
import type { Vector } from "./vector.ts";

type Scalable = { id: string; resource: ResourceOf<"application-auto-scaling"> };

const readers: Scalable = {
  id: "readers",
  resource: {
    ...{ kind: "application-auto-scaling", namespace: "rds", resourceId: "cluster:orders" },
    dimension: "rds:cluster:ReadReplicaCount",
  },
};
const replicas: Scalable = {
  id: "replicas",
  resource: {
    ...{ kind: "application-auto-scaling", namespace: "elasticache", resourceId: "replication-group/cache" },
    dimension: "elasticache:replication-group:Replicas",
  },
};

const table: Scalable = {
  id: "table",
  resource: {
    ...{ kind: "application-auto-scaling", namespace: "dynamodb", resourceId: "table/orders" },
    dimension: "dynamodb:table:ReadCapacityUnits",
  },
};

/** Registered with these bounds, and scaled by nothing else. */
function registered({ id, resource }: Scalable, MinCapacity: number, MaxCapacity: number): Script {
  const target = { ResourceId: resource.resourceId, ServiceNamespace: resource.namespace, MinCapacity, MaxCapacity };
  return {
    "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [{ ...target, RoleARN: id }] })],
    "application-autoscaling:DescribeScheduledActions": [json({ ScheduledActions: [] })],
  };
}

function member(name: string, isWriter: boolean): string {
  return `<DBClusterMember><DBInstanceIdentifier>${name}</DBInstanceIdentifier>
    <IsClusterWriter>${isWriter}</IsClusterWriter></DBClusterMember>`;
}

function database(name: string, status: string): string {
  return `<DBInstance><DBInstanceIdentifier>${name}</DBInstanceIdentifier>
    <DBInstanceStatus>${status}</DBInstanceStatus></DBInstance>`;
}

const cluster = `<DBClusters><DBCluster><DBClusterIdentifier>orders</DBClusterIdentifier>
  <DBClusterMembers>${member("one", true)}${member("two", false)}${member("three", false)}${member("four", false)}
  </DBClusterMembers></DBCluster></DBClusters>`;
const databases = `<DBInstances>${database("one", "available")}${database("two", "available")}
  ${database("three", "creating")}${database("four", "deleting")}</DBInstances>`;

function node(name: string): string {
  return `<NodeGroupMember><CacheClusterId>${name}</CacheClusterId></NodeGroupMember>`;
}

function shard(name: string, nodes: readonly string[]): string {
  return `<NodeGroup><NodeGroupId>${name}</NodeGroupId><Status>available</Status>
    <NodeGroupMembers>${nodes.map(node).join("")}</NodeGroupMembers></NodeGroup>`;
}

const cache = `<ReplicationGroups><ReplicationGroup><ReplicationGroupId>cache</ReplicationGroupId><NodeGroups>
  ${shard("0001", ["a", "b", "c"])}${shard("0002", ["d", "e", "f"])}</NodeGroups></ReplicationGroup></ReplicationGroups>`;

export const registeredVectors: Vector[] = [
  {
    what: "a minimum that was raised to the maximum, and will be taken back, is a bound all the same",
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
    emulators: "moto schedules actions and never performs them",
    isFloor: true,
    script: {
      ...registered(table, 10, 10),
      "application-autoscaling:DescribeScheduledActions": [
        json({
          ScheduledActions: [{ ScheduledActionName: "headroom-floor", ScalableTargetAction: { MinCapacity: 2 } }],
        }),
      ],
      "dynamodb:DescribeTable": [
        json({ Table: { ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 1 } } }),
      ],
    },
    ask: async (world) => (await world.capacities.read([table])).get("table"),
    gives: { is: "capacity", desired: 7, minimum: 10, maximum: 10 },
  },
  {
    what: "readers of an Aurora cluster are all but its writer; one that is created is running and not ready",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html",
    emulators: "instances are available at once, and Application Auto Scaling makes none",
    script: {
      ...registered(readers, 1, 5),
      "rds:DescribeDBClusters": [xml("DescribeDBClusters", cluster)],
      "rds:DescribeDBInstances": [xml("DescribeDBInstances", databases)],
    },
    ask: async (world) => (await world.capacities.read([readers])).get("readers"),
    gives: { is: "capacity", running: 2, ready: 1, minimum: 1, maximum: 5 },
  },
  {
    what: "replicas of a cache are counted in each of its shards, without the primary",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Using-Replicas.html",
    emulators: "moto has no replica counts, MiniStack's are wrong",
    script: {
      ...registered(replicas, 1, 5),
      "elasticache:DescribeReplicationGroups": [xml("DescribeReplicationGroups", cache)],
    },
    ask: async (world) => (await world.capacities.read([replicas])).get("replicas"),
    gives: { is: "capacity", running: 2, ready: 2, minimum: 1, maximum: 5 },
  },
  {
    what: "a capacity that is set replaces the fallback that floor mode left, which would undo it",
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScheduledAction.html",
    emulators: "moto schedules actions and never performs them",
    script: {
      ...registered(readers, 4, 10),
      "application-autoscaling:DescribeScheduledActions": [
        json({
          ScheduledActions: [{ ScheduledActionName: "headroom-floor", ScalableTargetAction: { MinCapacity: 2 } }],
        }),
      ],
      "application-autoscaling:DeleteScheduledAction": [json({})],
      "application-autoscaling:PutScheduledAction": [json({})],
      "application-autoscaling:RegisterScalableTarget": [json({})],
    },
    async ask(world, sent) {
      await world.capacities.set(readers, 6);
      return sent.actions().filter((action) => !action.includes("Describe"));
    },
    gives: ["DeleteScheduledAction", "PutScheduledAction", "RegisterScalableTarget"].map(
      (action) => `application-autoscaling:${action}`,
    ),
  },
  {
    what: "both bounds at one value are a capacity that was set, and no bounds",
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    emulators: "neither moves a capacity into its bounds",
    script: {
      ...registered(readers, 4, 4),
      "rds:DescribeDBClusters": [xml("DescribeDBClusters", cluster)],
      "rds:DescribeDBInstances": [xml("DescribeDBInstances", databases)],
    },
    async ask(world) {
      const answer = (await world.capacities.read([readers])).get("readers");
      return { answer, keys: Object.keys(answer ?? {}) };
    },
    gives: {
      answer: { is: "capacity", desired: 4, running: 2, ready: 1 },
      keys: expect.not.arrayContaining(["minimum", "maximum"]),
    },
  },
];

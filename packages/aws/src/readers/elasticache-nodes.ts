import { DescribeReplicationGroupsCommand, ElastiCacheClient, type NodeGroup } from "@aws-sdk/client-elasticache";
import { NotFound } from "@headroom/decisions/errors";
import type { Connect } from "../clients.ts";
import { SHARDS } from "../registered/elasticache-nodes.ts";
import { nameIn, type Read, type Units } from "../registered/reader.ts";

/** States in which a shard serves: while shards are added or taken, each of them is `modifying`, and online. */
const SERVING = ["available", "modifying"];

function shards(groups: readonly NodeGroup[]): Units {
  const ready = groups.filter(({ Status = "" }) => SERVING.includes(Status)).length;
  return { desired: groups.length, running: groups.length, ready };
}

/** Replicas are counted a shard, without its primary; where shards differ, the poorest one counts. */
function replicas(groups: readonly NodeGroup[]): Units {
  const each = groups.map(({ NodeGroupMembers = [] }) => Math.max(0, NodeGroupMembers.length - 1));
  const count = each.length === 0 ? 0 : Math.min(...each);
  return { desired: count, running: count, ready: count };
}

/** The shards of a replication group, or the replicas in each of them. */
export function reader(connect: Connect): Read {
  const client = connect("ELASTICACHE", (configuration) => new ElastiCacheClient(configuration));
  return async ({ resourceId, dimension }, place) => {
    const name = nameIn(resourceId);
    const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId: name });
    const { ReplicationGroups = [] } = await client(place).send(command);
    const group = ReplicationGroups[0];
    if (group === undefined) throw new NotFound(`replication group ${name} does not exist`);
    return (dimension === SHARDS ? shards : replicas)(group.NodeGroups ?? []);
  };
}

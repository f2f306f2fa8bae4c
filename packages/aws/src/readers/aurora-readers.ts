import {
  type DBCluster,
  type DBInstance,
  DescribeDBClustersCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from "@aws-sdk/client-rds";
import { NotFound } from "@headroom/decisions/errors";
import { collected } from "../answers.ts";
import type { Connect } from "../clients.ts";
import { nameIn, type Read } from "../registered/reader.ts";

/** States in which an instance answers queries (Aurora user guide, "Viewing DB instance status"). */
const SERVING = [
  "available",
  "backing-up",
  "configuring-enhanced-monitoring",
  "configuring-iam-database-auth",
  "configuring-log-exports",
  "modifying",
  "storage-optimization",
];
const LEAVING = ["deleting", "failed"];

function readersOf({ DBClusterMembers = [] }: DBCluster, instances: readonly DBInstance[]): DBInstance[] {
  const writer = DBClusterMembers.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
  return instances.filter(({ DBInstanceIdentifier, DBInstanceStatus = "" }) => {
    return DBInstanceIdentifier !== writer && !LEAVING.includes(DBInstanceStatus);
  });
}

/** The readers of an Aurora cluster, whoever made them. */
export function reader(connect: Connect): Read {
  const client = connect("RDS", (configuration) => new RDSClient(configuration));
  return async ({ resourceId }, place) => {
    const name = nameIn(resourceId);
    const filter = { Filters: [{ Name: "db-cluster-id", Values: [name] }] };
    const [{ DBClusters = [] }, instances] = await Promise.all([
      client(place).send(new DescribeDBClustersCommand({ DBClusterIdentifier: name })),
      collected(paginateDescribeDBInstances({ client: client(place) }, filter), ({ DBInstances }) => DBInstances),
    ]);
    const cluster = DBClusters[0];
    if (cluster === undefined) throw new NotFound(`Aurora cluster ${name} does not exist`);
    const readers = readersOf(cluster, instances);
    const ready = readers.filter(({ DBInstanceStatus = "" }) => SERVING.includes(DBInstanceStatus)).length;
    return { desired: readers.length, running: readers.length, ready };
  };
}

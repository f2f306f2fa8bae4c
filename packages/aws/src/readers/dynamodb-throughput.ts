import { DescribeTableCommand, DynamoDBClient, type TableDescription } from "@aws-sdk/client-dynamodb";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import type { Connect } from "../clients.ts";
import { nameIn, type Read } from "../registered/reader.ts";

/** What is provisioned for the table, or for its index: `table/orders/index/by-day`. */
function throughputOf(table: TableDescription | undefined, resourceId: string) {
  const index = resourceId.split("/")[3];
  if (index === undefined) return table?.ProvisionedThroughput;
  return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index)?.ProvisionedThroughput;
}

/** The read or write capacity units of a table or index: they serve as soon as they are provisioned. */
export function reader(connect: Connect): Read {
  const client = connect("DYNAMODB", (configuration) => new DynamoDBClient(configuration));
  return async ({ resourceId, dimension }, place) => {
    const { Table } = await client(place).send(new DescribeTableCommand({ TableName: nameIn(resourceId) }));
    const throughput = throughputOf(Table, resourceId);
    if (throughput === undefined) throw new NotFound(`${resourceId} does not exist`);
    const reads = dimension.endsWith(":ReadCapacityUnits");
    const units = (reads ? throughput.ReadCapacityUnits : throughput.WriteCapacityUnits) ?? 0;
    if (units === 0) throw new Invalid(`${resourceId} is on demand: it has no capacity to set`);
    return { desired: units, running: units, ready: units };
  };
}

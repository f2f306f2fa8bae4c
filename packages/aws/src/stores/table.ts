import {
  CreateTableCommand,
  type CreateTableCommandInput,
  ResourceInUseException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Stores } from "@headroom/loops/world";
import { Table } from "dynamodb-toolbox/table";
import { translated } from "../errors.ts";
import { forecastStore } from "./forecasts.ts";
import { leaseStore } from "./leases.ts";
import { recordStore } from "./records.ts";
import { shardStore } from "./shards.ts";
import { targetStore } from "./targets.ts";

// One table holds everything. Each file beside this one is one kind of item and says what its keys are:
//
//   kind     pk              sk
//   target   target#<id>     row
//   record   target#<id>     record#<milliseconds since the epoch, padded with zeros>
//   shard    shard#<name>    memory
//   lease    leases          <target>#<kind>
//   forecast target#<id>     forecasts
//
// `expires` is the TTL attribute, in seconds since the epoch. AWS deletes what has expired within days, not at once.

const keySchema: Pick<CreateTableCommandInput, "KeySchema" | "AttributeDefinitions"> = {
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
  ],
};

/** The table as the entities see it. */
export type StateTable = ReturnType<typeof stateTable>;

function stateTable(documentClient: DynamoDBDocumentClient, name: string) {
  return new Table({
    documentClient,
    name,
    partitionKey: { name: "pk", type: "string" },
    sortKey: { name: "sk", type: "string" },
  });
}

/** Headroom's state in one DynamoDB table, which exists. Every method may throw Throttled and Denied as well. */
export function dynamoStores(client: DynamoDBDocumentClient, tableName: string): Stores {
  const table = stateTable(client, tableName);
  return {
    targets: targetStore(table),
    shards: shardStore(table),
    records: recordStore(table),
    leases: leaseStore(table),
    forecasts: forecastStore(table),
  };
}

const LONGEST_WAIT_SECONDS = 60;

async function create(client: DynamoDBDocumentClient, name: string): Promise<void> {
  const command = new CreateTableCommand({ TableName: name, BillingMode: "PAY_PER_REQUEST", ...keySchema });
  try {
    await client.send(command);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error; // in use: it exists already
  }
  const waiting = { client, maxWaitTime: LONGEST_WAIT_SECONDS, minDelay: 0.1, maxDelay: 2 };
  await waitUntilTableExists(waiting, { TableName: name });
}

/**
 * Makes the table unless it exists, for local use: deployed, `infra/` does, with TTL and point-in-time recovery.
 * Returns when it can be used.
 * @throws Throttled, Denied, Invalid
 */
export async function createTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  await translated(`creating table ${name}`, create(client, name));
}

import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { register, scheduled } from "./scalable-target.ts";
import type { Seed } from "./seed.ts";

const DIMENSION = "dynamodb:table:ReadCapacityUnits";

/** Of all that can be registered: the reads of a DynamoDB table. */
export const applicationAutoScaling: Seed = {
  async create(clients, name, given) {
    await clients.dynamo.send(
      new CreateTableCommand({
        TableName: name,
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        ProvisionedThroughput: { ReadCapacityUnits: given.units, WriteCapacityUnits: 1 },
      }),
    );
    const scalable = {
      ServiceNamespace: "dynamodb",
      ResourceId: `table/${name}`,
      ScalableDimension: DIMENSION,
    } as const;
    await register(clients, scalable, given, "DynamoDBReadCapacityUtilization");
    return {
      resource: {
        kind: "application-auto-scaling",
        namespace: "dynamodb",
        resourceId: `table/${name}`,
        dimension: DIMENSION,
      },
      fallbacks: () => scheduled(clients, scalable),
    };
  },
  missing: {
    ...{ kind: "application-auto-scaling", namespace: "dynamodb" },
    ...{ resourceId: "table/missing", dimension: DIMENSION },
  },
};

import { CreateTableCommand, UpdateContinuousBackupsCommand, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Noun } from "./noun.ts";

const attributeType = z.enum(["S", "N", "B"]);
const billing = z.enum(["PAY_PER_REQUEST", "PROVISIONED"]);

export const tables: Noun = {
  types: [kinds.table.type],
  async standUp(template, { dynamo }) {
    for (const table of every(template, kinds.table)) {
      const TableName = table.name;
      await dynamo.send(
        new CreateTableCommand({
          ...{ TableName, BillingMode: billing.parse(table.billingMode) },
          ...{ DeletionProtectionEnabled: table.deletionProtectionEnabled },
          KeySchema: [
            { AttributeName: table.hashKey, KeyType: "HASH" },
            { AttributeName: table.rangeKey, KeyType: "RANGE" },
          ],
          AttributeDefinitions: table.attributes.map(({ name, type }) => ({
            AttributeName: name,
            AttributeType: attributeType.parse(type),
          })),
        }),
      );
      const ttl = { AttributeName: table.ttl?.attributeName, Enabled: table.ttl?.enabled };
      await dynamo.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: ttl }));
      const recovery = { PointInTimeRecoveryEnabled: table.pointInTimeRecovery?.enabled };
      await dynamo.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: recovery }));
    }
  },
};

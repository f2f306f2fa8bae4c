import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

// The one place that makes SDK clients, so that what holds for all of them is said once.

/** How AWS is reached. Without `endpoint` it is AWS itself, without `credentials` the SDK's own chain finds them. */
export type ClientSettings = {
  region: string;
  /** URL of an emulator or of a VPC endpoint. */
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** How often the SDK tries a call before it gives up; its own default is 3. */
  maxAttempts?: number;
};

// The SDK waits for ever by default. A tick has a minute: a call that hangs must leave time for another try.
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

function configured(settings: ClientSettings) {
  return { ...settings, requestHandler };
}

/** DynamoDB, speaking plain values. Absent values are left out of what is written. */
export function dynamoClient(settings: ClientSettings): DynamoDBDocumentClient {
  const client = new DynamoDBClient(configured(settings));
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ECSClient } from "@aws-sdk/client-ecs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { CREDENTIALS } from "./emulator.ts";

/**
 * Clients of whoever deploys: root, in one Region of the emulator.
 * @param reached where what is deployed is to find AWS
 */
export function clientsIn(region: string, { endpoint, reached }: { endpoint: string; reached: string }) {
  const settings = { region, endpoint, credentials: CREDENTIALS, maxAttempts: 1 };
  return {
    reached,
    cloudwatch: new CloudWatchClient({ ...settings, disableRequestCompression: true }),
    dynamo: new DynamoDBClient(settings),
    ecs: new ECSClient(settings),
    events: new EventBridgeClient(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    scheduler: new SchedulerClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
  };
}
export type Clients = ReturnType<typeof clientsIn>;

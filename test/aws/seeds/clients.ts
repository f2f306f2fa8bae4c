import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ECSClient } from "@aws-sdk/client-ecs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { AwsQueryProtocol } from "@aws-sdk/core/protocols";

/** What emulators take as credentials: anything. */
export const REGION = "us-east-1";
export const CREDENTIALS = { accessKeyId: "local", secretAccessKey: "local" };

/** Clients that fill an emulator, past the recorder. CloudWatch's speaks what both emulators understand. */
export function seedClients(endpoint: string, { hasScalableTargets }: { hasScalableTargets: boolean }) {
  const settings = { endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };
  return {
    /** Whether there is an Application Auto Scaling to register with. */
    hasScalableTargets,
    scaling: new ApplicationAutoScalingClient(settings),
    groups: new AutoScalingClient(settings),
    cloudwatch: new CloudWatchClient({ ...settings, protocol: AwsQueryProtocol, disableRequestCompression: true }),
    dynamo: new DynamoDBClient(settings),
    ecs: new ECSClient(settings),
    events: new EventBridgeClient(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
  };
}
export type SeedClients = ReturnType<typeof seedClients>;

import { SQSClient } from "@aws-sdk/client-sqs";
import type { Configuration } from "../clients.ts";

/**
 * A client for queues. By default the SDK sends to the host in a queue's URL, past any endpoint that was configured; behind
 * a VPC endpoint or with an emulator that is the wrong one.
 */
export function sqsClient(configuration: Configuration): SQSClient {
  return new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false });
}

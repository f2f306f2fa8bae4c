import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "./clients.ts";
import { urlOf } from "./queue-urls.ts";

/** Messages of a queue that are not worked off yet: waiting, or in the hands of a function. */
export async function waitingIn(clients: Clients, { name }: { name: string }): Promise<number> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: await urlOf(clients, name),
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes).reduce((sum, each) => sum + Number(each), 0);
}

import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { GivenQueue } from "../../contract/world/account.ts";
import type { SeedClients } from "./clients.ts";

/** Longer than any case goes on, and no longer than SQS allows a message to be delayed, in seconds. */
const DELAY = "900";

/** Makes a queue. @returns its URL */
export async function createQueue({ sqs }: SeedClients, name: string, attributes: Record<string, string> = {}) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  if (QueueUrl === undefined) throw new Error(`CreateQueue gave no URL for ${name}`);
  return QueueUrl;
}

/** Receives so many messages, and leaves them in flight. */
async function hold({ sqs }: SeedClients, QueueUrl: string, count: number): Promise<void> {
  for (let left = count; left > 0; ) {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(10, left),
      VisibilityTimeout: 3600,
    });
    const { Messages = [] } = await sqs.send(command);
    if (Messages.length === 0) throw new Error(`${left} messages of ${QueueUrl} cannot be received`);
    left -= Messages.length;
  }
}

/** Makes a queue with these messages in it. */
export async function fill(clients: SeedClients, given: GivenQueue): Promise<void> {
  const isDelayed = "delayed" in given;
  const messages = isDelayed ? given.delayed : given.visible + given.inFlight;
  const QueueUrl = await createQueue(clients, given.name, isDelayed ? { DelaySeconds: DELAY } : {});
  for (let sent = 0; sent < messages; sent += 1) {
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: String(sent) }));
  }
  if (!isDelayed) await hold(clients, QueueUrl, given.inFlight);
}

import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "./clients.ts";

/** Everything that has come to a queue so far, as JSON, in the order in which it was received. */
export type Inbox = () => Promise<unknown[]>;

function read(body = ""): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Takes what comes to a queue out of it, and keeps it. */
export function inboxOf({ sqs }: Clients, QueueUrl: string): Inbox {
  const all: unknown[] = [];
  return async () => {
    for (;;) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return all;
      all.push(...Messages.map(({ Body }) => read(Body)));
      for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  };
}

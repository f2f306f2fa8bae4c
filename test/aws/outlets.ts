import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { DeadLetter, OutgoingEvent } from "@headroom/loops/world";
import * as z from "zod";
import type { SeedClients } from "./seeds/clients.ts";
import { createQueue } from "./seeds/queues.ts";

/** Where what leaves a World ends up, by the names that the World is told, and what has come there. */
export type Outlets = {
  bus: string;
  shardQueueUrl: string;
  deadLetterQueueUrl: string;
  published(): Promise<OutgoingEvent[]>;
  shards(): Promise<unknown[]>;
  buried(): Promise<DeadLetter[]>;
};

const metadata = z.strictObject({ version: z.literal(1), id: z.string(), at: z.string(), fleet: z.string() });
/** What EventBridge gives to the targets of a rule. */
const delivered = z.object({
  source: z.literal("headroom"),
  "detail-type": z.string(),
  detail: z.strictObject({ metadata, data: z.record(z.string(), z.unknown()) }),
});
const letter = z.strictObject({ type: z.string(), body: z.string(), cause: z.string() });

/** Takes every message out of a queue; a second without any is the end. */
async function drain({ sqs }: SeedClients, QueueUrl: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const { Messages = [] } = await sqs.send(command);
    if (Messages.length === 0) return all;
    all.push(...Messages);
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}

function bodyOf({ Body = "" }: Message): unknown {
  return JSON.parse(Body);
}

/** A bus whose events all go to a queue. @returns the URL of that queue */
async function createBus(clients: SeedClients, bus: string): Promise<string> {
  const listener = await createQueue(clients, bus);
  const Arn = `arn:aws:sqs:us-east-1:123456789012:${bus}`;
  await clients.events.send(new CreateEventBusCommand({ Name: bus }));
  const EventPattern = JSON.stringify({ source: ["headroom"] });
  await clients.events.send(new PutRuleCommand({ Name: "all", EventBusName: bus, EventPattern }));
  await clients.events.send(
    new PutTargetsCommand({ Rule: "all", EventBusName: bus, Targets: [{ Id: "listener", Arn }] }),
  );
  return listener;
}

/** Makes the queues and the bus of one account. @param fresh gives names that nobody else has */
export async function createOutlets(clients: SeedClients, fresh: (name: string) => string): Promise<Outlets> {
  const bus = fresh("bus");
  const listener = await createBus(clients, bus);
  const shardQueueUrl = await createQueue(clients, fresh("shards"));
  const deadLetterQueueUrl = await createQueue(clients, fresh("dead"));
  return {
    ...{ bus, shardQueueUrl, deadLetterQueueUrl },
    async published() {
      const events = (await drain(clients, listener)).map((message) => delivered.parse(bodyOf(message)));
      return events.map(({ "detail-type": type, detail }) => ({ type, ...detail }));
    },
    shards: async () => (await drain(clients, shardQueueUrl)).map(bodyOf),
    buried: async () => (await drain(clients, deadLetterQueueUrl)).map((message) => letter.parse(bodyOf(message))),
  };
}

import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { every, kinds } from "../synth/kinds.ts";
import type { Template } from "../synth/template.ts";
import type { Clients } from "./clients.ts";

/** The URL of a queue in the emulator. */
export async function urlOf({ sqs }: Clients, name: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  if (QueueUrl === undefined) throw new Error(`the queue ${name} has no URL`);
  return QueueUrl;
}

/** By the URL that a queue of the template would have at AWS, the one that it has here. */
export async function urlsOf(template: Template, clients: Clients): Promise<Map<string, string>> {
  const found = every(template, kinds.queue).map(async ({ id, name }) => [id, await urlOf(clients, name)] as const);
  return new Map(await Promise.all(found));
}

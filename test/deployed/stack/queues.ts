import { CreateQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Template } from "../../synth/template.ts";
import type { Noun } from "./noun.ts";

/** A policy as text, as queues and topics take it. */
export const textPolicy = {
  type: kinds.queuePolicy.type,
  inputs: z.object({ queueUrl: z.string(), policy: z.string() }),
};

/** Those that others are the dead letters of come after them. */
function inOrder(template: Template) {
  return every(template, kinds.queue).toSorted(
    (a, b) => Number(a.redrivePolicy !== undefined) - Number(b.redrivePolicy !== undefined),
  );
}

export const queues: Noun = {
  types: [kinds.queue.type, kinds.queuePolicy.type],
  async standUp(template, { sqs }) {
    const policies = new Map(every(template, textPolicy).map(({ queueUrl, policy }) => [queueUrl, policy]));
    for (const queue of inOrder(template)) {
      const Attributes = {
        VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
        MessageRetentionPeriod: String(queue.messageRetentionSeconds),
        SqsManagedSseEnabled: String(queue.sqsManagedSseEnabled),
        ...(queue.redrivePolicy && { RedrivePolicy: JSON.stringify(queue.redrivePolicy) }),
      };
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queue.name, Attributes }));
      const Policy = policies.get(queue.id);
      if (Policy !== undefined) await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    }
  },
};

import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { createFunction } from "./function.ts";
import type { Seed } from "./seed.ts";

export const eventSourceConcurrency: Seed = {
  async create(clients, name, { units }) {
    await createFunction(clients, name);
    await clients.sqs.send(new CreateQueueCommand({ QueueName: name }));
    const { UUID } = await clients.lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: name,
        EventSourceArn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
        ScalingConfig: { MaximumConcurrency: units },
      }),
    );
    if (UUID === undefined) throw new Error("CreateEventSourceMapping gave no UUID");
    return { resource: { kind: "event-source-concurrency", function: name, mapping: UUID } };
  },
  missing: {
    ...{ kind: "event-source-concurrency", function: "missing" },
    mapping: "00000000-0000-4000-8000-000000000000",
  },
};

import { Invalid } from "@headroom/decisions/errors";
import { parse } from "@headroom/decisions/parse";
import type { DeadLetter, World } from "@headroom/loops/world";
import type { Context } from "aws-lambda";
import * as z from "zod";
import { edge, type Log } from "./edge.ts";

/** The most that a message is tried before it is buried. The queue's own limit is one more: it only catches what we cannot. */
export const MOST_RECEIVES = 3;

// AWS owns this event and adds to it: only what is used is demanded.
const sqsEvent = z.looseObject({
  Records: z
    .array(
      z.looseObject({
        messageId: z.string(),
        body: z.string(),
        attributes: z.looseObject({ ApproximateReceiveCount: z.coerce.number() }),
      }),
    )
    .min(1),
});
type Received = z.infer<typeof sqsEvent>["Records"][number];

/** What SQS is told: these messages come again. */
export type BatchResponse = { batchItemFailures: { itemIdentifier: string }[] };

/** What is done with messages of one type: those of a batch at once, or each for itself. */
export type Work<Schema extends z.ZodType> = {
  type: string;
  schema: Schema;
  handle(messages: z.output<Schema>[], context: Context): Promise<void>;
  together: boolean;
  /** How often a message is tried before it is buried: once, where nothing is left to do when it comes again. */
  tries: number;
};

type Opened<Message> = { received: Received; message: Message };

function causeOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function read(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new Invalid("the message is not JSON", { cause });
  }
}

/** A redrive adds no cause to a message, so we send it there ourselves. */
async function bury(
  world: World,
  type: string,
  failed: readonly { received: Received; error: unknown }[],
): Promise<void> {
  const letters = failed.map(
    ({ received, error }): DeadLetter => ({ type, body: received.body, cause: causeOf(error) }),
  );
  if (letters.length > 0) await world.queues.bury(letters);
}

/** Messages that can be read; the others are buried at once, since another try would read the same. */
async function openAll<Schema extends z.ZodType>(
  { type, schema }: Work<Schema>,
  records: readonly Received[],
  world: World,
): Promise<Opened<z.output<Schema>>[]> {
  const opened: Opened<z.output<Schema>>[] = [];
  const failed: { received: Received; error: unknown }[] = [];
  for (const received of records) {
    try {
      opened.push({ received, message: parse(schema, read(received.body), "the message") });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      failed.push({ received, error });
    }
  }
  await bury(world, type, failed);
  return opened;
}

/**
 * Works off a batch of SQS messages. What fails comes again by itself, without those that did not fail; what failed
 * as often as it is tried, or cannot be read at all, is buried with its cause.
 */
async function workOff<Schema extends z.ZodType>(
  work: Work<Schema>,
  records: readonly Received[],
  { world, log, context }: { world: World; log: Log; context: Context },
): Promise<BatchResponse> {
  const opened = await openAll(work, records, world);
  const groups = work.together ? [opened] : opened.map((each) => [each]);
  const failed: { received: Received; error: unknown }[] = [];
  for (const group of groups.filter(({ length }) => length > 0)) {
    try {
      await work.handle(
        group.map(({ message }) => message),
        context,
      );
    } catch (error) {
      log.error("failed", { type: work.type, cause: causeOf(error), messages: group.length });
      failed.push(...group.map(({ received }) => ({ received, error })));
    }
  }
  const isOver = ({ received }: { received: Received }) => received.attributes.ApproximateReceiveCount >= work.tries;
  await bury(world, work.type, failed.filter(isOver));
  const again = failed.filter((each) => !isOver(each));
  return { batchItemFailures: again.map(({ received }) => ({ itemIdentifier: received.messageId })) };
}

/** A function that works off a queue. */
export function batchFunction<Schema extends z.ZodType>(
  work: Work<Schema>,
  outside: { world: World; log: Log },
): (event: unknown, context: Context) => Promise<BatchResponse | undefined> {
  return edge(
    {
      schema: sqsEvent,
      handle: ({ Records }, context) => workOff(work, Records, { ...outside, context }),
      summary: ({ batchItemFailures }) => ({ type: work.type, again: batchItemFailures.length }),
    },
    outside.log,
  );
}

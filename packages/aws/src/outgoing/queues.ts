import { type BatchResultErrorEntry, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { Queues } from "@headroom/loops/world";
import type { Connect } from "../clients.ts";
import { refused, translated } from "../errors.ts";
import type { Settings } from "../settings.ts";
import { sqsClient } from "../signals/sqs-client.ts";
import { inBatches } from "../stores/batches.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html

const MESSAGES_A_CALL = 10;

/** Bytes of all messages of a call. AWS takes 1 MiB by now; some Regions and emulators still 256 KiB. */
const BYTES_A_CALL = 262_144;

function iso(at: number): string {
  return new Date(at * 1000).toISOString();
}

/** What was not taken because of itself is thrown: another try would be refused as well. */
function refusal(doing: string, failed: readonly BatchResultErrorEntry[]): unknown {
  const [first] = failed.filter(({ SenderFault }) => SenderFault);
  if (first === undefined) return undefined;
  return refused(doing, { name: first.Code ?? "InvalidMessageContents", message: first.Message ?? "no reason given" });
}

/** The control plane's own queues. */
export function createQueues(connect: Connect, settings: Pick<Settings, "shardQueue" | "deadLetterQueue">): Queues {
  const client = connect("SQS", sqsClient);

  /** Gives what was left over. Ids are those of the messages in this call alone. */
  async function send(queue: string, bodies: readonly string[]): Promise<string[]> {
    const doing = `sending to ${queue}`;
    const entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }));
    const call = client().send(new SendMessageBatchCommand({ QueueUrl: queue, Entries: entries }));
    const { Failed: failed = [] } = await translated(doing, call);
    const wrong = refusal(doing, failed);
    if (wrong !== undefined) throw wrong;
    const left = new Set(failed.map(({ Id }) => Id));
    return bodies.filter((_, index) => left.has(String(index)));
  }

  function sendAll(queue: string, bodies: readonly string[]): Promise<void> {
    const weight = { of: (body: string) => Buffer.byteLength(body), most: BYTES_A_CALL };
    return inBatches(bodies, { size: MESSAGES_A_CALL, weight, send: (some) => send(queue, some) });
  }

  return {
    sendShards: (messages) =>
      sendAll(
        settings.shardQueue,
        messages.map(({ shard, at }) => JSON.stringify({ version: 1, shard, at: iso(at) })),
      ),
    bury: (letters) =>
      sendAll(
        settings.deadLetterQueue,
        letters.map((letter) => JSON.stringify(letter)),
      ),
  };
}

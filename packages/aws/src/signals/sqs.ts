import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { type Place, placeName } from "@headroom/decisions/config/place";
import { type QueueSignal, signalKey } from "@headroom/decisions/config/signals";
import { NotFound } from "@headroom/decisions/errors";
import type { SignalAnswer } from "@headroom/decisions/model";
import type { Clock } from "@headroom/loops/world";
import { answered, fewAtATime } from "../answers.ts";
import type { Connect } from "../clients.ts";
import { translated } from "../errors.ts";
import { sqsClient } from "./sqs-client.ts";

const AT_A_TIME = 10;

const VISIBLE = "ApproximateNumberOfMessages";
const IN_FLIGHT = "ApproximateNumberOfMessagesNotVisible";
const DELAYED = "ApproximateNumberOfMessagesDelayed";

/**
 * Reads the attributes of queues, each an answer by its key. They are approximate, and may take a minute to settle after
 * senders stop (SQS API, GetQueueAttributes).
 */
export function queueSignals({ connect, clock }: { connect: Connect; clock: Clock }) {
  const client = connect("SQS", sqsClient);
  /** By place and name. The URL of a queue never changes; a queue that was deleted is looked up again. */
  const urls = new Map<string, string>();

  async function urlOf(queue: string, place: Place): Promise<string> {
    const known = urls.get(`${placeName(place)} ${queue}`);
    if (known !== undefined) return known;
    const { QueueUrl: url } = await client(place).send(new GetQueueUrlCommand({ QueueName: queue }));
    if (url === undefined) throw new NotFound(`queue ${queue} has no URL`);
    urls.set(`${placeName(place)} ${queue}`, url);
    return url;
  }

  async function attributesOf(queue: string, place: Place): Promise<SignalAnswer> {
    const call = client(place).send(
      new GetQueueAttributesCommand({
        QueueUrl: await urlOf(queue, place),
        AttributeNames: [VISIBLE, IN_FLIGHT, DELAYED],
      }),
    );
    const { Attributes: found = {} } = await call;
    const [visible, inFlight, delayed] = [Number(found[VISIBLE]), Number(found[IN_FLIGHT]), Number(found[DELAYED])];
    if (![visible, inFlight, delayed].every(Number.isFinite)) {
      return { is: "failed", why: `the attributes of queue ${queue} came without its counts` };
    }
    return { is: "queue", at: clock.now(), visible, inFlight, delayed };
  }

  async function read(queue: string, place: Place): Promise<SignalAnswer> {
    try {
      return await translated(`reading queue ${queue}`, attributesOf(queue, place));
    } catch (error) {
      if (error instanceof NotFound) urls.delete(`${placeName(place)} ${queue}`);
      throw error;
    }
  }

  return async (signals: readonly QueueSignal[], place: Place): Promise<[string, SignalAnswer][]> => {
    const distinct = [...new Map(signals.map((signal) => [signalKey(signal), signal]))];
    const answers = await fewAtATime(distinct, AT_A_TIME, ([key, { queue }]) =>
      answered([key], async () => new Map([[key, await read(queue, place)]])),
    );
    return answers.flat();
  };
}

import { MOST_RECEIVES } from "#functions/batch";
import { every, kinds } from "../kinds.ts";
import { may, partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

const DAY = 86_400;
const TIMEOUTS = 6; // what AWS advises for the visibility of a queue whose consumer is a function

/** Each queue of work with its consumer: tries, time, what comes again, and that nothing is lost. */
export function queues(template: Template): string[] {
  const { shards, woken, shard, alarm, deadLetters } = partsOf(template);
  const mappings = every(template, kinds.mapping);
  return [
    { queue: shards, consumer: shard, batch: 1, window: undefined },
    { queue: woken, consumer: alarm, batch: 1000, window: 5 },
  ].flatMap(({ queue, consumer, batch, window }) => {
    const mapping = mappings.find(({ eventSourceArn }) => eventSourceArn === queue.arn);
    const tries = { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: MOST_RECEIVES + 1 };
    const { logical, visibilityTimeoutSeconds: hidden, messageRetentionSeconds: kept } = queue;
    const needed = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    return [
      ...unlessSame(queue.redrivePolicy, tries, `${logical}: redrive`),
      ...unless(hidden >= TIMEOUTS * consumer.timeout, `${logical} hides a message for ${hidden} s only`),
      ...unless(kept > hidden * tries.maxReceiveCount, `${logical} forgets a message before its last try`),
      ...unlessSame(mapping?.functionName, consumer.arn, `${logical}: consumer`),
      ...unlessSame(mapping?.functionResponseTypes, ["ReportBatchItemFailures"], `${logical}: what comes again`),
      ...unlessSame(
        [mapping?.batchSize, mapping?.maximumBatchingWindowInSeconds],
        [batch, window],
        `${logical}: batch`,
      ),
      ...unless(
        (mapping?.scalingConfig?.maximumConcurrency ?? 0) >= 2,
        `${logical}: as many consumers as there can be`,
      ),
      ...needed.flatMap((action) =>
        unless(may(template, consumer, action, queue.arn), `${consumer.logical} has no ${action}`),
      ),
    ];
  });
}

/** Dead letters are kept for long enough to be read, nothing takes them away, and everybody can leave some. */
export function deadLetters(template: Template): string[] {
  const { deadLetters: queue, functions } = partsOf(template);
  const taken = every(template, kinds.mapping).filter(({ eventSourceArn }) => eventSourceArn === queue.arn);
  return [
    ...unless(queue.messageRetentionSeconds === 14 * DAY, "dead letters are not kept as long as can be"),
    ...unless(queue.redrivePolicy === undefined && taken.length === 0, "dead letters do not stay"),
    ...every(template, kinds.queue).flatMap((each) =>
      unless(each.sqsManagedSseEnabled, `${each.logical} is not encrypted`),
    ),
    ...functions.flatMap((who) =>
      unless(may(template, who, "sqs:SendMessage", queue.arn), `${who.logical} cannot leave a dead letter`),
    ),
  ];
}

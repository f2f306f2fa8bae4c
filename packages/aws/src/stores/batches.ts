import { setTimeout } from "node:timers/promises";
import { Throttled } from "@headroom/decisions/errors";

/** Milliseconds before what a batch left over is tried again. DynamoDB, SQS and EventBridge take part of a batch when they throttle. */
const PAUSES = [50, 100, 200, 400];

type Pause = (milliseconds: number) => Promise<unknown>;

/** One batch: what to send, and what of it the other side left over. */
export type Batch<Item> = {
  size: number;
  /** Where the items of a batch may not weigh more than `most` together, such as bytes. */
  weight?: { of(item: Item): number; most: number };
  send(items: readonly Item[]): Promise<readonly Item[]>;
};

/** An item that is too heavy by itself is alone in its batch: whoever takes it says what is wrong with it. */
function chunks<Item>(items: readonly Item[], { size, weight }: Batch<Item>): (readonly Item[])[] {
  const all: Item[][] = [];
  let total = 0;
  for (const item of items) {
    const own = weight?.of(item) ?? 0;
    const current = all.at(-1);
    if (current === undefined || current.length >= size || total + own > (weight?.most ?? Number.POSITIVE_INFINITY)) {
      all.push([item]);
      total = own;
    } else {
      current.push(item);
      total += own;
    }
  }
  return all;
}

async function sendAll<Item>(items: readonly Item[], batch: Batch<Item>, pause: Pause): Promise<void> {
  let left = await batch.send(items);
  for (const milliseconds of PAUSES) {
    if (left.length === 0) return;
    await pause(milliseconds);
    left = await batch.send(left);
  }
  if (left.length === 0) return;
  throw new Throttled(`${left.length} of ${items.length} items were still refused after ${PAUSES.length + 1} tries`);
}

/**
 * Sends any number of items in batches of at most `batch.size`, side by side, each until nothing is left over.
 * @throws Throttled when something still is after five tries
 */
export async function inBatches<Item>(
  items: readonly Item[],
  batch: Batch<Item>,
  pause: Pause = setTimeout,
): Promise<void> {
  await Promise.all(chunks(items, batch).map((chunk) => sendAll(chunk, batch, pause)));
}

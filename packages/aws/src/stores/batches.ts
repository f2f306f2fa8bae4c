import { setTimeout } from "node:timers/promises";
import { Throttled } from "@headroom/decisions/errors";

/** Milliseconds before what a batch left over is tried again. DynamoDB takes part of a batch when it throttles. */
const PAUSES = [50, 100, 200, 400];

type Pause = (milliseconds: number) => Promise<unknown>;

/** One batch: what to send, and what of it the other side left over. */
export type Batch<Item> = { size: number; send(items: readonly Item[]): Promise<readonly Item[]> };

function chunks<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map((start) => items.slice(start, start + size));
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
  await Promise.all(chunks(items, batch.size).map((chunk) => sendAll(chunk, batch, pause)));
}

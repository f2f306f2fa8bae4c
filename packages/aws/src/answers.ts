import { expected } from "@headroom/loops/observe";

type Failed = { is: "failed"; why: string };

/**
 * The answers of a call by id; where it fails with an error that others are to be spared, `failed` for each that was
 * asked for, and likewise for what it left out. A defect is thrown on.
 */
export async function answered<Answer>(
  ids: readonly string[],
  call: () => Promise<ReadonlyMap<string, Answer>>,
): Promise<[string, Answer | Failed][]> {
  try {
    const answers = await call();
    return ids.map((id) => [id, answers.get(id) ?? { is: "failed", why: "there was no answer" }]);
  } catch (error) {
    const why = expected(error);
    return ids.map((id) => [id, { is: "failed", why }]);
  }
}

/** What a call gives, or undefined where it fails with an error that others are to be spared. A defect is thrown on. */
export async function ifPossible<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    expected(error);
    return undefined;
  }
}

/** Items in lists of at most `size`, in their order. */
export function inLists<Item>(items: readonly Item[], size: number): Item[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map((start) => items.slice(start, start + size));
}

/** Does something with each item, with at most `most` at a time; the results are in the order of the items. */
export async function fewAtATime<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  async function worker(): Promise<void> {
    for (const [index, item] of waiting) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}

/** Everything that the pages of a paged call list. */
export async function collected<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

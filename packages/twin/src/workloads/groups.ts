import * as z from "zod";

const count = z.int().nonnegative();
const positive = z.int().positive();
/** What tells messages of the same age apart: how often they were received in vain, and whether they ever succeed. */
const kind = { tries: count.optional(), poison: z.boolean().optional() };
/** Messages that were sent in the same second. */
export const sameAge = z.strictObject({ sent: z.number(), count: positive, ...kind });
export type SameAge = z.infer<typeof sameAge>;
/** Messages that nobody can receive before `at`. */
export const hidden = z.strictObject({ at: z.number(), sent: z.number(), count: positive, ...kind });
export type Hidden = z.infer<typeof hidden>;
export function total(groups: readonly { count: number }[]): number {
  let sum = 0;
  for (const group of groups) sum += group.count;
  return sum;
}

/** Puts `item` behind everything whose `key` is not greater: at the end, nearly always. */
export function insert<Item>(items: Item[], item: Item, key: (item: Item) => number): void {
  const wanted = key(item);
  items.splice(items.findLastIndex((other) => key(other) <= wanted) + 1, 0, item);
}

/** Takes `wanted` messages off the front of `groups`, which holds at least as many. */
export function takeOldest(groups: SameAge[], wanted: number): SameAge[] {
  const taken: SameAge[] = [];
  let left = wanted;
  for (let oldest = groups[0]; oldest !== undefined && left > 0; oldest = groups[0]) {
    const part = Math.min(oldest.count, left);
    taken.push({ ...oldest, count: part });
    left -= part;
    if (part === oldest.count) groups.shift();
    else oldest.count -= part;
  }
  return taken;
}

/** Takes out of `items` what is due at `instant`. */
export function takeDue(items: Hidden[], instant: number): Hidden[] {
  const due: Hidden[] = [];
  for (let next = items[0]; next !== undefined && next.at <= instant; next = items[0]) {
    due.push(next);
    items.shift();
  }
  return due;
}

export function isSameKind(one: SameAge, other: SameAge): boolean {
  return one.sent === other.sent && (one.tries ?? 0) === (other.tries ?? 0) && one.poison === other.poison;
}

export function receivedInVain(group: SameAge): SameAge {
  return { ...group, tries: (group.tries ?? 0) + 1 };
}

import type { DecideInput, Proposed } from "./model.ts";

/** Nothing was seen for too long: since when, how long that was borne, and what to run now at the least. */
export type Blindness = { since: number; after: number; capacity: number };

/** When a policy could last see. A schedule needs no eyes, and one that is satisfied says nothing of capacity. */
export function lastSeen({ settings, memory, at }: DecideInput, proposals: readonly Proposed[]): number {
  const sees = proposals.some(({ is }, index) => is === "proposes" && settings.policies[index]?.kind !== "schedule");
  const blind = proposals.some(({ is }) => is === "blind");
  return blind && !sees ? (memory.trustedAt ?? at) : at;
}

/** Whether nothing was seen for longer than the fallback waits. */
export function blindness({ settings, at }: DecideInput, seen: number): Blindness | undefined {
  const { fallback } = settings;
  return fallback === undefined || at - seen < fallback.after ? undefined : { since: seen, ...fallback };
}

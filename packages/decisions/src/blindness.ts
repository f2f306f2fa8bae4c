import type { DecideInput, Proposed } from "./model.ts";

/** Nothing was seen for too long: since when, how long that was borne, and what to run now at the least. */
export type Blindness = { since: number; after: number; capacity: number };

/** Schedules and forecasts speak of what is to come, whether or not anything can be seen now. */
const FORESIGHT = ["schedule", "predictive"];

/** When a policy could last see. Foresight needs no eyes, and one that is satisfied says nothing of capacity. */
export function lastSeen({ settings, memory, at }: DecideInput, proposals: readonly Proposed[]): number {
  const sees = proposals.some(
    ({ is }, index) => is === "proposes" && !FORESIGHT.includes(settings.policies[index]?.kind ?? ""),
  );
  const blind = proposals.some(({ is }) => is === "blind");
  return blind && !sees ? (memory.trustedAt ?? at) : at;
}

/** Whether nothing was seen for longer than the fallback waits. */
export function blindness({ settings, at }: DecideInput, seen: number): Blindness | undefined {
  const { fallback } = settings;
  return fallback === undefined || at - seen < fallback.after ? undefined : { since: seen, ...fallback };
}

import { placeName } from "@headroom/decisions/config/place";
import type { Addressed, Clock } from "@headroom/loops/world";

// Who else may lower a capacity changes when somebody deploys, and a look at it is many calls: one every quarter of an hour
// is enough. What is remembered is a saving alone: without it the next read finds it out again.

const KEPT_SECONDS = 900;

type Seen = { at: number; rivals: string[] };

function keyOf({ resource, place = {} }: Addressed): string {
  return `${placeName(place)} ${JSON.stringify(Object.entries(resource).sort())}`;
}

/**
 * What may lower each target, looked at now and then; absent where it was never known.
 * @param look finds it out, by id, for those for which that is possible
 */
export function rivalsWatch(
  clock: Clock,
  look: (targets: readonly Addressed[]) => Promise<ReadonlyMap<string, string[]>>,
) {
  const seen = new Map<string, Seen>();

  /** By target id. */
  return async (targets: readonly Addressed[]): Promise<Map<string, string[]>> => {
    const at = clock.now();
    const due = targets.filter((target) => at - (seen.get(keyOf(target))?.at ?? 0) >= KEPT_SECONDS);
    const found = due.length === 0 ? new Map<string, string[]>() : await look(due);
    for (const target of due) {
      const rivals = found.get(target.id);
      if (rivals !== undefined) seen.set(keyOf(target), { at, rivals });
    }
    return new Map(
      targets.flatMap((target) => {
        const known = seen.get(keyOf(target));
        return known === undefined ? [] : [[target.id, known.rivals] as const];
      }),
    );
  };
}

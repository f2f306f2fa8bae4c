import { placeName } from "@headroom/decisions/config/place";
import type { Addressed, Clock } from "@headroom/loops/world";
import { fewAtATime, ifPossible } from "../answers.ts";

// Who else may lower a capacity changes when somebody deploys, and each look at it is two or three calls for a single
// target: it is looked at every quarter of an hour, a few targets a read. What is remembered is a saving alone: without it
// the first reads find it out again.

const KEPT_SECONDS = 900;
const LOOKED_AT_A_READ = 20;
const AT_A_TIME = 5;

type Look = (target: Addressed) => Promise<string[]>;
type Seen = { at: number; rivals: string[] };

function keyOf({ resource, place = {} }: Addressed): string {
  return `${placeName(place)} ${JSON.stringify(Object.entries(resource).sort())}`;
}

/** What may lower each target, looked at now and then; absent where it is not known. */
export function rivalsWatch(clock: Clock, look: Look) {
  const seen = new Map<string, Seen>();

  async function refresh(target: Addressed): Promise<void> {
    const rivals = await ifPossible(look(target));
    if (rivals !== undefined) seen.set(keyOf(target), { at: clock.now(), rivals });
  }

  /** By target id. */
  return async (targets: readonly Addressed[]): Promise<Map<string, string[]>> => {
    const lastSeen = (target: Addressed) => seen.get(keyOf(target))?.at ?? 0;
    const due = targets
      .filter((target) => clock.now() - lastSeen(target) >= KEPT_SECONDS)
      .sort((a, b) => lastSeen(a) - lastSeen(b));
    await fewAtATime(due.slice(0, LOOKED_AT_A_READ), AT_A_TIME, refresh);
    return new Map(
      targets.flatMap((target) => {
        const found = seen.get(keyOf(target));
        return found === undefined ? [] : [[target.id, found.rivals] as const];
      }),
    );
  };
}

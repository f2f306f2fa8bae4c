import { Conflict } from "@headroom/decisions/errors";
import type { Action, CapacityAnswer } from "@headroom/decisions/model";
import { announcements } from "./record.ts";
import type { Claim, Outcome, TargetRow, World } from "./world.ts";

/** Seconds within which a claimed change must have been made. Shorter than a tick, so the next tick finds it ended. */
export const CLAIM_SECONDS = 30;

/** How a claim whose holder died turned out. */
export type Resolution = { claim: Claim; outcome: Outcome; actions: Action[] };

/**
 * What became of a claim that ended without being settled, told from the capacity there is: as announced, it was done;
 * as before, it was not, and no rest begins; anything else is somebody else's doing.
 */
export function resolve(row: TargetRow, claim: Claim, found: CapacityAnswer): Resolution | undefined {
  if (found.is === "failed") return undefined;
  const { at, from, to } = claim;
  if (found.desired === to) {
    const actions: Action[] = [...row.actions, { at, from, to, by: "headroom" }];
    return { claim, outcome: { is: "done", at }, actions };
  }
  const why = found.desired === from ? "the tick died before the change" : `somebody else set ${found.desired}`;
  return { claim, outcome: { is: "notDone", why }, actions: row.actions };
}

/** Ends a claim; false when another tick did so first. */
export async function settled(world: World, target: string, at: number, actions: readonly Action[]): Promise<boolean> {
  try {
    await world.stores.targets.settle(target, at, actions);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

/** Corrects the record of a dead claim's tick, ends the claim and announces what was done. False when another tick was first. */
export async function settleDead(
  world: World,
  target: string,
  { claim, outcome, actions }: Resolution,
): Promise<boolean> {
  const { records } = world.stores;
  const found = await records.list(target, { from: claim.at, to: claim.at, limit: 1 });
  const corrected = found.map((record) => ({ ...record, outcome }));
  // Before settling: whoever dies in between leaves the claim open, and the next tick does this again.
  await records.append(corrected);
  if (!(await settled(world, target, claim.at, actions))) return false;
  await world.publish(announcements(corrected));
  return true;
}

/** Claims a change of capacity; false when another tick was first. */
export async function claimed(world: World, target: string, claim: Claim): Promise<boolean> {
  try {
    await world.stores.targets.claim(target, claim);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

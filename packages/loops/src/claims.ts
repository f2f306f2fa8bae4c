import { present } from "@headroom/decisions/contexts";
import { Conflict, Invalid, Throttled } from "@headroom/decisions/errors";
import type { Action, CapacityAnswer } from "@headroom/decisions/model";
import { announce } from "./outgoing.ts";
import type { Claim, Outcome, StoredRecord, TargetRow, World } from "./world.ts";

/** Seconds within which a claimed change must have been made. Shorter than a tick, so the next tick finds it ended. */
export const CLAIM_SECONDS = 30;

/** How a claim whose holder died turned out. */
export type Resolution = { claim: Claim; outcome: Outcome; actions: Action[] };

/**
 * Our change as it is remembered, made by `made` under the claim of the tick `decidedAt`. A tick that came before its time
 * has looked at that time, as far as memory goes, and its change cannot be older than its look.
 */
export function changeOf({ at: decidedAt, from, to }: Pick<Claim, "at" | "from" | "to">, made: number): Action {
  return { at: Math.max(made, decidedAt), decidedAt, from, to, by: "headroom" };
}

/**
 * What became of a claim that ended without being settled, told from the capacity there is: as announced, it was done;
 * as before, it was not, and no rest begins; anything else is somebody else's doing. What was done is dated by the end of
 * the claim and not by its tick: a newer tick may have looked before the change, and would take it for another's.
 */
export function resolve(row: TargetRow, claim: Claim, found: CapacityAnswer): Resolution | undefined {
  const set = found.is === "failed" ? undefined : present(found, claim.sets === "minimum" ? "floor" : "control");
  if (set === undefined) return undefined;
  const { from, to, until } = claim;
  if (from === to) return { claim, outcome: { is: "none" }, actions: row.actions }; // a minimum that was to be kept up, or a capacity that was insisted on
  if (set === to) {
    const change = changeOf(claim, until);
    return { claim, outcome: { is: "done", at: change.at }, actions: [...row.actions, change] };
  }
  const why = set === from ? "the tick died before the change" : `somebody else set ${set}`;
  return { claim, outcome: { is: "notDone", why }, actions: row.actions };
}

/** Whether the claim of tick `at` was ended with just these changes: by us, in a try whose answer was lost, or for us. */
async function endedAlready(world: World, target: string, at: number, actions: readonly Action[]): Promise<boolean> {
  const row = (await world.stores.targets.load([target])).get(target);
  if (row === undefined || row.claim !== null || row.at !== at) return false;
  const last = actions.at(-1);
  return row.actions.length === actions.length && row.actions.at(-1)?.at === last?.at;
}

/** Ends a claim; false when another tick did so first, and found another end. */
export async function settled(world: World, target: string, at: number, actions: readonly Action[]): Promise<boolean> {
  try {
    await world.stores.targets.settle(target, at, actions);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return endedAlready(world, target, at, actions);
    throw error;
  }
}

/** The full record of one tick, if one was kept that this version of Headroom can read. */
export async function recordOf(world: World, target: string, at: number): Promise<StoredRecord | undefined> {
  try {
    const [found] = await world.stores.records.list(target, { from: at, to: at, limit: 1 });
    return found;
  } catch (error) {
    // One record that cannot be read must not stop the shard from scaling.
    if (error instanceof Invalid) return undefined;
    throw error;
  }
}

/**
 * Corrects the record of a dead claim's tick, announces what was done and ends the claim. False when another tick was
 * first; then both have announced the same.
 */
export async function settleDead(
  world: World,
  { fleet, target }: { fleet: string; target: string },
  { claim, outcome, actions }: Resolution,
): Promise<boolean> {
  const found = await recordOf(world, target, claim.at);
  const corrected = found?.decision.is === "scale" ? [{ ...found, outcome }] : [];
  // Before settling: whoever dies in between leaves the claim open, and the next tick does this again.
  await world.stores.records.append(corrected);
  await announce(world, fleet, corrected);
  return settled(world, target, claim.at, actions);
}

/**
 * Claims a change; false when another tick was first, or when the store would not take it: then the others of this pass
 * go on, and should the claim be there after all, the next tick resolves it.
 */
export async function claimed(world: World, target: string, claim: Claim): Promise<boolean> {
  try {
    await world.stores.targets.claim(target, claim);
    return true;
  } catch (error) {
    if (error instanceof Conflict || error instanceof Throttled) return false;
    throw error;
  }
}

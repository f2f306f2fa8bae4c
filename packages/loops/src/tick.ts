import type { Fleet } from "@headroom/decisions/config/fleet";
import { Conflict, InvalidEvent } from "@headroom/decisions/errors";
import { instant } from "@headroom/decisions/say";
import { type Looked, lookAtShard } from "./look.ts";
import { carryOutAll } from "./perform.ts";
import { announcements, fullRecords, memoryOf } from "./record.ts";
import type { StoredRecord, World } from "./world.ts";

/** Seconds between two ticks. */
export const TICK_SECONDS = 60;
/** The shard that is the whole fleet. */
export const WHOLE_FLEET = "all";
const SUPERSEDED_AFTER_SECONDS = 90;
const AHEAD_SECONDS = 60;

export type TickResult =
  /** Each target was looked at and decided on; those in `busy` were left to the tick that is acting on them. */
  | { is: "ticked"; at: number; records: StoredRecord[]; busy: string[] }
  /** A newer tick, or the same one delivered earlier, does the work. */
  | { is: "superseded"; at: number };

/**
 * One pass over the fleet: observe → decide → act → record. `at` is the instant for which the tick was scheduled; it
 * identifies the tick, so that a second delivery changes nothing.
 * @throws InvalidEvent when `at` is more than a minute ahead of the clock
 */
export async function tick(world: World, fleet: Fleet, { at }: { at: number }): Promise<TickResult> {
  const now = world.clock.now();
  if (at - now > AHEAD_SECONDS) {
    throw new InvalidEvent(`The tick is for ${instant(at)} and the clock says ${instant(now)}: check who sends it.`);
  }
  if (now - at > SUPERSEDED_AFTER_SECONDS) return { is: "superseded", at };
  return tickShard(world, fleet, { name: WHOLE_FLEET, at });
}

async function tickShard(world: World, fleet: Fleet, shard: { name: string; at: number }): Promise<TickResult> {
  const { at } = shard;
  const remembered = await world.stores.shards.load(shard.name);
  if (remembered !== undefined && remembered.at >= at) return { is: "superseded", at };
  const looked = await lookAtShard(world, fleet, remembered, { at, tick: TICK_SECONDS });
  const decided = looked.filter((each) => each.is === "decided");
  const records = await carryOutAll(world, decided);
  await world.stores.records.append(fullRecords(records));
  await save(world, shard.name, memoryOf(remembered, looked, records, at));
  await world.publish(announcements(records));
  return { is: "ticked", at, records, busy: busyOf(looked) };
}

function busyOf(looked: readonly Looked[]): string[] {
  return looked.filter(({ is }) => is === "busy").map(({ id }) => id);
}

async function save(world: World, shard: string, memory: Parameters<World["stores"]["shards"]["save"]>[1]) {
  try {
    await world.stores.shards.save(shard, memory);
  } catch (error) {
    // The same tick, delivered twice, got there first: it remembers the same.
    if (!(error instanceof Conflict)) throw error;
  }
}

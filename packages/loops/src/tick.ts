import type { Fleet } from "@headroom/decisions/config/fleet";
import { Conflict, InvalidEvent, NotFound } from "@headroom/decisions/errors";
import { instant } from "@headroom/decisions/say";
import { type Due, type Looked, lookAtShard, type Woken } from "./look.ts";
import { outgoing } from "./outgoing.ts";
import { carryOutAll } from "./perform.ts";
import { memoryOf } from "./record.ts";
import { type Shard, shardsOf, shardWith } from "./shards.ts";
import type { ShardMemory, StoredRecord, World } from "./world.ts";

/** Seconds between two ticks. */
export const TICK_SECONDS = 60;
const SUPERSEDED_AFTER_SECONDS = 90;
const AHEAD_SECONDS = 60;
/** Seconds within which a pass begins changes. The function has 60, and what has begun is to be ended and remembered. */
const ACTING_SECONDS = 40;

export type TickResult =
  /** Each target was looked at and decided on; those in `busy` were left to the tick that is acting on them. */
  | { is: "ticked"; at: number; records: StoredRecord[]; busy: string[] }
  /** The fleet is in several shards: each was sent a message of its own. */
  | { is: "split"; at: number; shards: string[] }
  /** A newer tick, or the same one delivered earlier, does the work. */
  | { is: "superseded"; at: number };

/** Whether there is still something to do for a tick. @throws Invalid when it is for a time that has not come */
function isDue(world: World, at: number): boolean {
  const now = world.clock.now();
  if (at - now > AHEAD_SECONDS) {
    throw new InvalidEvent(`The tick is for ${instant(at)} and the clock says ${instant(now)}: check who sends it.`);
  }
  return now - at <= SUPERSEDED_AFTER_SECONDS;
}

/**
 * One pass over the fleet: observe → decide → act → record. A fleet of one shard is looked at here and now; of several,
 * each gets a message. `at` is the instant for which the tick was scheduled; it identifies the tick, so that a second
 * delivery changes nothing.
 * @throws Invalid when `at` is more than a minute ahead of the clock
 */
export async function tick(world: World, fleet: Fleet, { at }: { at: number }): Promise<TickResult> {
  if (!isDue(world, at)) return { is: "superseded", at };
  const shards = shardsOf(fleet);
  const [only] = shards;
  if (only === undefined) return { is: "ticked", at, records: [], busy: [] };
  if (shards.length === 1) return pass(world, fleet, only, at);
  const names = shards.map(({ name }) => name);
  await world.queues.sendShards(names.map((shard) => ({ shard, at })));
  return { is: "split", at, shards: names };
}

/**
 * One pass over one shard of the fleet, as `tick` asked for it.
 * @throws NotFound when the fleet has no such shard, Invalid when `at` is more than a minute ahead of the clock
 */
export async function tickShard(world: World, fleet: Fleet, due: { shard: string; at: number }): Promise<TickResult> {
  if (!isDue(world, due.at)) return { is: "superseded", at: due.at };
  const shard = shardsOf(fleet).find(({ name }) => name === due.shard);
  if (shard === undefined) throw new NotFound(`The fleet has no shard ${due.shard}: it was deployed anew since.`);
  return pass(world, fleet, shard, due.at);
}

async function pass(world: World, fleet: Fleet, shard: Shard, at: number): Promise<TickResult> {
  const until = world.clock.now() + ACTING_SECONDS;
  const remembered = await world.stores.shards.load(shard.name);
  if (remembered !== undefined && remembered.at >= at) return { is: "superseded", at };
  const due = { at, tick: TICK_SECONDS, woken: nobody };
  const { looked, records, leases: all } = await work(world, fleet, { shard, remembered, due, until });
  const leases = all.filter(({ target }) => concerns(fleet, shard, target));
  // Before remembering that they were told: whoever dies in between tells them again.
  const events = outgoing(fleet, { records, remembered, leases, at, now: world.clock.now() });
  if (events.length > 0) await world.publish(events);
  await save(world, shard.name, memoryOf(remembered, { looked, records, leases, at }));
  return { is: "ticked", at, records, busy: busyOf(looked) };
}

const nobody: Woken = new Map();

/** Whether it is for this shard to tell what becomes of leases on a target; those on all are the first shard's. */
function concerns(fleet: Fleet, shard: Shard, target: string): boolean {
  const name = shardWith(fleet, target)?.name ?? shardsOf(fleet)[0]?.name;
  return name === shard.name;
}

/**
 * Looks at some targets at once, because alarms woke them. What their shard remembers is used and not written: the next
 * minute's pass does that, and finds what was done here by the targets' rows. That pass also tells what is not a change.
 */
export async function tickTargets(world: World, fleet: Fleet, woken: Woken): Promise<StoredRecord[]> {
  // The tick is identified by when it looks: an alarm's own time may be before a tick that has acted since.
  const at = Math.floor(world.clock.now() * 1000) / 1000;
  const until = at + ACTING_SECONDS;
  const due = { at, tick: TICK_SECONDS, woken };
  const all: StoredRecord[] = [];
  for (const shard of shardsOf(fleet)) {
    const part = { ...shard, targets: shard.targets.filter(({ id }) => woken.has(id)) };
    if (part.targets.length === 0) continue;
    const remembered = await world.stores.shards.load(shard.name);
    const { records } = await work(world, fleet, { shard: part, remembered, due, until });
    all.push(...records);
  }
  return all;
}

/** A pass over a shard, or over some of its targets; it begins no change after `until`. */
type Pass = { shard: Shard; remembered: ShardMemory | undefined; due: Due; until: number };

async function work(world: World, fleet: Fleet, { shard, remembered, due, until }: Pass) {
  const { looked, leases } = await lookAtShard(world, fleet, shard, remembered, due);
  const decided = looked.filter((each) => each.is === "decided");
  const records = await carryOutAll(world, decided, { fleet: fleet.name, parts: shard.parts, until });
  return { looked, records, leases };
}

function busyOf(looked: readonly Looked[]): string[] {
  return looked.filter(({ is }) => is === "busy").map(({ id }) => id);
}

async function save(world: World, shard: string, memory: ShardMemory): Promise<void> {
  try {
    await world.stores.shards.save(shard, memory);
  } catch (error) {
    // The same tick, delivered twice, got there first: it remembers the same.
    if (!(error instanceof Conflict)) throw error;
  }
}

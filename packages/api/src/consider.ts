import type { Fleet } from "@headroom/decisions/config/fleet";
import { placeOf } from "@headroom/decisions/config/place";
import { decide } from "@headroom/decisions/decide";
import { type Action, nothingRemembered } from "@headroom/decisions/model";
import type { StoredRecord } from "@headroom/decisions/record";
import { resolve } from "@headroom/loops/claims";
import { capacityFor, inputFor, type Look } from "@headroom/loops/look";
import { observe } from "@headroom/loops/observe";
import { shardWith } from "@headroom/loops/shards";
import { TICK_SECONDS } from "@headroom/loops/tick";
import type { TargetRow, World } from "@headroom/loops/world";
import { targetOf } from "./targets.ts";

/** What a look without consequences came to. */
export type Considered =
  | { is: "considered"; record: StoredRecord }
  /** A tick is acting on the target until then. */
  | { is: "busy"; until: number };

/** Our past changes. A claim whose holder died is resolved as the next tick will, but nothing is written. */
function pastChanges(row: TargetRow | undefined, look: Look): Action[] {
  if (row === undefined) return [];
  if (row.claim === null) return row.actions;
  return resolve(row, row.claim, capacityFor(look))?.actions ?? row.actions;
}

/**
 * Looks at one target and decides as a tick would now, but changes nothing and records nothing.
 * @throws NotFound when the fleet has no such target
 */
export async function consider(world: World, fleet: Fleet, id: string): Promise<Considered> {
  const target = { id, config: targetOf(fleet, id) };
  const [rows, remembered, observed] = await Promise.all([
    world.stores.targets.load([id]),
    world.stores.shards.load(shardWith(fleet, id)?.name ?? ""),
    observe(world, { place: placeOf(target.config), targets: [target] }),
  ]);
  const row = rows.get(id);
  const now = world.clock.now();
  if (row?.claim != null && row.claim.until > now) return { is: "busy", until: row.claim.until };
  const memory = remembered?.targets[id] ?? nothingRemembered;
  const look: Look = {
    fleet: fleet.name,
    target,
    row,
    memory,
    observed,
    due: { at: now, tick: TICK_SECONDS, woken: new Map() },
  };
  const record = decide(inputFor(world, look, pastChanges(row, look)));
  return { is: "considered", record: { ...record, outcome: { is: "none" } } };
}

import type { Fleet } from "@headroom/decisions/config/fleet";
import { shardsOf } from "@headroom/loops/shards";
import type { Stores } from "@headroom/loops/world";

/** The newest tick that left anything in the stores; it may be newer than the simulated account that was saved. */
export async function newestTick(stores: Stores, fleet: Fleet): Promise<number> {
  const [rows, ...shards] = await Promise.all([
    stores.targets.load(Object.keys(fleet.targets)),
    ...shardsOf(fleet).map(({ name }) => stores.shards.load(name)),
  ]);
  return Math.max(0, ...shards.map((shard) => shard?.at ?? 0), ...[...rows.values()].map(({ at }) => at));
}

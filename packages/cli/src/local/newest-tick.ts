import { WHOLE_FLEET } from "@headroom/loops/tick";
import type { Stores } from "@headroom/loops/world";

/** The newest tick that left anything in the stores; it may be newer than the simulated account that was saved. */
export async function newestTick(stores: Stores, targets: readonly string[]): Promise<number> {
  const [shard, rows] = await Promise.all([stores.shards.load(WHOLE_FLEET), stores.targets.load(targets)]);
  return Math.max(shard?.at ?? 0, ...[...rows.values()].map(({ at }) => at));
}

import type { Fleet } from "@headroom/decisions/config/fleet";
import { NotFound } from "@headroom/decisions/errors";
import { memoryFor } from "@headroom/loops/record";
import { shardWith } from "@headroom/loops/shards";
import type { World } from "@headroom/loops/world";
import type { ForecastList } from "./answers.ts";
import { targetOf } from "./targets.ts";

/**
 * The forecasts that are kept of one target.
 * @throws NotFound when the fleet has no such target, or none of its policies wants a forecast
 */
export async function forecastsOf(world: World, fleet: Fleet, target: string): Promise<ForecastList> {
  const { policies } = targetOf(fleet, target);
  if (!policies.some(({ kind }) => kind === "predictive")) {
    throw new NotFound(`${target} has no policy of the kind predictive, so nothing is forecast for it`);
  }
  const [kept, shard] = await Promise.all([
    world.stores.forecasts.load([target]),
    world.stores.shards.load(shardWith(fleet, target)?.name ?? ""),
  ]);
  return { target, forecasts: kept.get(target) ?? {}, standings: memoryFor(shard, target)?.standings ?? {} };
}

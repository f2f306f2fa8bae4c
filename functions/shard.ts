import type { Fleet } from "@headroom/decisions/config/fleet";
import { tickShard } from "@headroom/loops/tick";
import type { World } from "@headroom/loops/world";
import { shardDue, type } from "#events/shard-due";
import { batchFunction } from "./batch.ts";
import type { Log } from "./edge.ts";
import { logTick } from "./pass.ts";

/** A message for each shard of a large fleet: one pass over its targets. */
export const shardFunction = (world: World, fleet: Fleet, log: Log) =>
  batchFunction(
    {
      type,
      schema: shardDue,
      async handle(messages, context) {
        for (const { shard, at } of messages)
          logTick(log, context, await tickShard(world, fleet, { shard, at: Date.parse(at) / 1000 }));
      },
      together: false,
      // When it comes again it is too old: the next minute's message is the second try.
      tries: 1,
    },
    { world, log },
  );

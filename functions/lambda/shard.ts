import { lambdaLog } from "../edge.ts";
import { shardFunction } from "../shard.ts";
import { fleet } from "./fleet.ts";
import { world } from "./world.ts";

/** For each message in the queue of shards. */
export const handler = shardFunction(world, fleet, lambdaLog());

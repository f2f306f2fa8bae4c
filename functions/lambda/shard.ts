import { settingsFromEnvironment } from "@headroom/aws/settings";
import { createAwsWorld } from "@headroom/aws/world";
import { lambdaLog } from "../edge.ts";
import { shardFunction } from "../shard.ts";
import { fleet } from "./fleet.ts";

/** For each message in the queue of shards. */
export const handler = shardFunction(createAwsWorld(fleet, settingsFromEnvironment()), fleet, lambdaLog());

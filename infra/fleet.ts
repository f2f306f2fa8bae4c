import { predictedTargets } from "@headroom/decisions/predicted";
import { wakeAlarms } from "@headroom/decisions/wake";
import { shardsOf } from "@headroom/loops/shards";
import { fleet } from "../functions/lambda/fleet.ts";

/**
 * The alarms that the fleet asks for. The first thing that a deployment reads, so that a mistake in `headroom.config.ts`
 * leaves nothing half made.
 */
export const wakes = wakeAlarms(fleet, $app.stage);

/** In how many passes the whole of it is looked at. */
export const parts = shardsOf(fleet).length;

/** Whether forecasts are to be made at all. */
export const predicted = predictedTargets(fleet).length > 0;

import { loadFor } from "@headroom/aws/load";
import { settingsFromEnvironment } from "@headroom/aws/settings";
import { createAwsWorld } from "@headroom/aws/world";
import { fleet } from "./fleet.ts";

await loadFor(fleet);

/** AWS, for the functions that look after the fleet. What its targets need is loaded by now. */
export const world = createAwsWorld(fleet, settingsFromEnvironment());

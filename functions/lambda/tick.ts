import { settingsFromEnvironment } from "@headroom/aws/settings";
import { createAwsWorld } from "@headroom/aws/world";
import { lambdaLog } from "../edge.ts";
import { tickFunction } from "../tick.ts";
import { fleet } from "./fleet.ts";

/** Every minute, by the schedule in infra/schedules.ts. */
export const handler = tickFunction(createAwsWorld(fleet, settingsFromEnvironment()), fleet, lambdaLog());

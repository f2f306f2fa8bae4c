import { settingsFromEnvironment } from "@headroom/aws/settings";
import { createAwsWorld } from "@headroom/aws/world";
import { alarmFunction } from "../alarm.ts";
import { lambdaLog } from "../edge.ts";
import { fleet } from "./fleet.ts";

/** For the alarms that infra/wake.ts gathers. */
export const handler = alarmFunction(createAwsWorld(fleet, settingsFromEnvironment()), fleet, lambdaLog());

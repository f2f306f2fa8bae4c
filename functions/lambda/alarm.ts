import { alarmFunction } from "../alarm.ts";
import { lambdaLog } from "../edge.ts";
import { fleet } from "./fleet.ts";
import { world } from "./world.ts";

/** For the alarms that infra/wake.ts gathers. */
export const handler = alarmFunction(world, fleet, lambdaLog());

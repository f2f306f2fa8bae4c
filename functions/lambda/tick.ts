import { lambdaLog } from "../edge.ts";
import { tickFunction } from "../tick.ts";
import { fleet } from "./fleet.ts";
import { world } from "./world.ts";

/** Every minute, by the schedule in infra/schedules.ts. */
export const handler = tickFunction(world, fleet, lambdaLog());

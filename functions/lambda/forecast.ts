import { createForecasting } from "@headroom/aws/forecasting";
import { stateSettingsFromEnvironment } from "@headroom/aws/settings";
import { lambdaLog } from "../edge.ts";
import { forecastFunction } from "../forecast.ts";
import { fleet } from "./fleet.ts";

/** By the schedule and the rule in infra/forecasts.ts. */
export const handler = forecastFunction(createForecasting(stateSettingsFromEnvironment()), fleet, lambdaLog());

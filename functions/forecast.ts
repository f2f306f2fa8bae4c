import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Forecasting, type Forecasts, makeForecasts } from "@headroom/loops/forecasts/make";
import { forecastDue } from "#events/forecast-due";
import { edge, type Log } from "./edge.ts";

function summary({ made, none }: Forecasts): Record<string, unknown> {
  return { made: made.length, none };
}

/** Every quarter of an hour, and when one is demoted: forecasts for the policies that want any. */
export const forecastFunction = (world: Forecasting, fleet: Fleet, log: Log) =>
  edge({ schema: forecastDue, handle: ({ target }) => makeForecasts(world, fleet, target), summary }, log);

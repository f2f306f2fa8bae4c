import type { Forecasting } from "@headroom/loops/forecasts/make";
import { connections, dynamoClient } from "./clients.ts";
import { clock } from "./clock.ts";
import type { StateSettings } from "./settings.ts";
import { createSignals } from "./signals/read.ts";
import { dynamoStores } from "./stores/table.ts";

/** AWS, as far as forecasts are made with it. @param settings how AWS is reached, and which table is ours */
export function createForecasting(settings: StateSettings): Forecasting {
  const connect = connections(settings);
  return {
    clock,
    signals: createSignals({ connect, clock, settings }),
    stores: dynamoStores(dynamoClient(settings), settings.table),
  };
}

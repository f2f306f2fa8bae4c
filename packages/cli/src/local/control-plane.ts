import type { Fleet } from "@headroom/decisions/config/fleet";
import type { StoredRecord } from "@headroom/decisions/record";
import type { Stores } from "@headroom/loops/world";
import type { Trace } from "@headroom/twin/workloads/trace";
import { createTwin } from "@headroom/twin/world";
import { forecastFunction } from "../../../../functions/forecast.ts";
import { tickFunction } from "../../../../functions/tick.ts";
import { localContext } from "./context.ts";

/** Midnight before a Monday: whatever day it is, the same seed gives the same run. */
export const BEGINNING = Date.UTC(2026, 0, 5) / 1000;

/** How deliveries of ticks went. */
export type Deliveries = { delivered: number; duplicated: number; rejected: number; failed: number };

export const nothingDelivered: Deliveries = { delivered: 0, duplicated: 0, rejected: 0, failed: 0 };

export type ControlPlaneOptions = {
  fleet: Fleet;
  seed: number;
  traces: ReadonlyMap<string, Trace>;
  /** Where state is kept. */
  stores: Stores;
  /** Told of the records of each tick; each target is told of once a tick, however often that is delivered. */
  onTick: (records: readonly StoredRecord[]) => void;
  /** Told of each error that ended a tick. */
  onError: (error: unknown) => void;
};

/** Leaves out what an earlier delivery of the same tick has told: both may have looked before either had written. */
function createNewness() {
  const newest = new Map<string, number>();
  return function newOnes(records: readonly StoredRecord[]): StoredRecord[] {
    const found = records.filter(({ input: { target, at } }) => at > (newest.get(target) ?? 0));
    for (const { input } of found) newest.set(input.target, input.at);
    return found;
  };
}

/** The control loop, as it runs on Lambda, over a simulated account. */
export function createControlPlane({ fleet, seed, traces, stores, onTick, onError }: ControlPlaneOptions) {
  const twin = createTwin({ fleet, seed, start: BEGINNING, traces, stores });
  const log = { info: () => undefined, error: () => undefined };
  const tick = tickFunction(twin.world, fleet, log);
  const forecast = forecastFunction(twin.world, fleet, log);
  const context = localContext("tick");
  const forecastContext = localContext("forecast");
  const newOnes = createNewness();
  let total = nothingDelivered;

  async function handler(event: unknown): Promise<void> {
    const result = await tick(event, context);
    if (result?.is === "ticked") onTick(newOnes(result.records));
  }

  return {
    twin,
    /** Lets virtual time go by, in seconds, with all that happens in it. */
    async live(seconds: number): Promise<void> {
      const { delivered, duplicated, rejected, failed, crashed, errors } = await twin.deliveries.run({
        for: seconds,
        handler,
        forecastHandler: (event) => forecast(event, forecastContext),
      });
      total = {
        delivered: total.delivered + delivered,
        duplicated: total.duplicated + duplicated,
        rejected: total.rejected + rejected,
        failed: total.failed + failed + crashed,
      };
      errors.forEach(onError);
    },
    /** Since the beginning of this process. */
    deliveries: (): Deliveries => total,
  };
}

export type ControlPlane = ReturnType<typeof createControlPlane>;

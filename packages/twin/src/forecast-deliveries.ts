import { FORECAST_PERIOD_SECONDS } from "@headroom/loops/forecasts/period";
import type { OutgoingEvent } from "@headroom/loops/world";
import type { VirtualClock } from "./clock.ts";
import type { Meter } from "./meter.ts";
import { stream } from "./random.ts";

/** The types of the events, as in `events/`. */
const FORECAST_DUE = "headroom.forecast.due";
const DEMOTED = "headroom.forecast.demoted";

/** Seconds that EventBridge takes from an event on the bus to what its rule starts. */
const RULE = [0.1, 1] as const;

/** Forecasts are to be made, of one target where it is named. `at` is ISO 8601, UTC. */
export type ForecastDue = { version: 1; at: string; target?: string };

/** Makes forecasts. */
export type ForecastHandler = (event: ForecastDue) => Promise<unknown>;

type Wires = {
  clock: VirtualClock;
  seed: number;
  meter: Meter;
  /** How late an event of the schedule comes, and the share of them that come twice. */
  late: readonly [number, number];
  duplicates: number;
  /** Runs what there is to run, and buries what came to nothing. */
  deliver: (type: string, event: ForecastDue) => Promise<void>;
};

const iso = (at: number) => new Date(at * 1000).toISOString();

/** What makes forecasts come about: a schedule every quarter of an hour, and a rule on the bus for those that were demoted. */
export function createForecastDeliveries({ clock, seed, meter, late, duplicates, deliver }: Wires) {
  /** So many seconds from now on, and now and then once more. */
  function soon(name: string, range: readonly [number, number], run: () => Promise<void>, at: number): void {
    const random = stream(seed, name);
    const first = at + random.uniform(...range);
    clock.at(first, run);
    if (random.chance(duplicates)) clock.at(first + random.uniform(...range), run);
  }

  return {
    /** Books what the schedule brings in the minute that begins at `at`. */
    book(at: number): void {
      if (at % FORECAST_PERIOD_SECONDS !== 0) return;
      const run = () => deliver(FORECAST_DUE, { version: 1, at: iso(at) });
      soon(
        `forecast due ${at}`,
        late,
        () => {
          meter.count("schedulerInvocations");
          return run();
        },
        at,
      );
    },
    /** The rule on the bus: a forecast that was demoted is made anew. */
    onEvent({ type, metadata, data }: OutgoingEvent): void {
      const { target } = data;
      if (type !== DEMOTED || typeof target !== "string") return;
      const event = { version: 1 as const, at: iso(clock.now()), target };
      soon(`forecast of ${metadata.id}`, RULE, () => deliver(FORECAST_DUE, event), clock.now());
    },
  };
}

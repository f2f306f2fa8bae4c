import * as z from "zod";
import { running, type UnitsState } from "./units.ts";

const tally = z.number().nonnegative();

/** What a report wants to know of one target since its run began. */
export const observation = z.strictObject({
  seconds: tally,
  /** Ready units: fewest and most at the end of any second. */
  ready: z.strictObject({ min: tally, max: tally }),
  /** Units that were starting or serving, times the seconds they were it. */
  unitSeconds: tally,
  /** Whole minutes that are over, and how many of them violated the objective. */
  minutes: tally,
  violated: tally,
  /** Requests or messages that came, that were worked off, and that got an error. */
  arrived: tally,
  served: tally,
  errors: tally,
});
export type Observation = z.infer<typeof observation>;

export function nothingObserved(ready: number): Observation {
  return {
    seconds: 0,
    ready: { min: ready, max: ready },
    unitSeconds: 0,
    minutes: 0,
    violated: 0,
    arrived: 0,
    served: 0,
    errors: 0,
  };
}

/** Notes one second that is over. */
export function observeSecond(seen: Observation, units: UnitsState): void {
  seen.seconds += 1;
  seen.unitSeconds += running(units);
  if (units.ready < seen.ready.min) seen.ready.min = units.ready;
  if (units.ready > seen.ready.max) seen.ready.max = units.ready;
}

/** Notes one minute that is over. */
export function observeMinute(seen: Observation, violated: boolean): void {
  seen.minutes += 1;
  if (violated) seen.violated += 1;
}

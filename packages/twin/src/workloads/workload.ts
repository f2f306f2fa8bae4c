import type { Observation } from "./observation.ts";
import type { UnitsState } from "./units.ts";

/** What both kinds of workload can do. Time is in whole seconds: what happens in a second starts at its beginning. */
export type Workload = {
  /** Lives on until `second`, one second after the other; a second that is over already changes nothing. */
  advanceTo(second: number): void;
  units(): Readonly<UnitsState>;
  /** Tells the units how many to be, at the second reached. */
  setDesired(desired: number): void;
  observed(): Observation;
  /** The whole state as plain JSON. */
  snapshot(): unknown;
  /** @throws ZodError when it is no snapshot of this kind of workload */
  restore(snapshot: unknown): void;
};

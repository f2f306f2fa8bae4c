import type { Observation } from "./observation.ts";
import type { Trouble } from "./starts.ts";
import type { UnitsState } from "./units.ts";

/** What both kinds of workload can do. Time is in whole seconds: what happens in a second starts at its beginning. */
export type Workload = {
  /** Lives on until `second`, one second after the other; a second that is over already changes nothing. */
  advanceTo(second: number): void;
  units(): Readonly<UnitsState>;
  /** Units that work and are protected while they do; undefined where units do not protect themselves. */
  protected(): number | undefined;
  /** Tells the units how many to be, at the second reached. */
  setDesired(desired: number): void;
  /** Starts a new version beside the old one, at the second reached. */
  deploy(): void;
  /** Stops the old version as far as the new one serves, at the second reached. */
  retire(): void;
  /** Units that start within the trouble's time do not come up as they should. */
  trouble(trouble: Trouble): void;
  observed(): Observation;
  /** The whole state as plain JSON. */
  snapshot(): unknown;
  /** @throws ZodError when it is no snapshot of this kind of workload */
  restore(snapshot: unknown): void;
};

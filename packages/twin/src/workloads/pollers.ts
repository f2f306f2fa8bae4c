import type { UnitsState } from "./units.ts";

// How Lambda's pollers scale for an SQS event source (Lambda developer guide, "Scaling behavior"): five concurrent batches
// at first, 300 a minute more while there are messages, no more than the mapping's maximum concurrency. When there are none
// they come down to five, and to two where that lasts; how long it takes is not published: assumed a minute and five.

/** Lambda takes no smaller maximum concurrency. */
export const FEWEST_POLLERS = 2;
const AT_FIRST = 5;
const MORE_A_SECOND = 5;
const IDLE = { seconds: 60, pollers: 5 } as const;
const LONG_IDLE = { seconds: 300, pollers: 2 } as const;

/** As many pollers as there are before the first message. */
export function pollersAtFirst(units: UnitsState): void {
  units.ready = Math.min(AT_FIRST, units.desired);
}

/** Lets a second pass in which `waiting` messages waited, after `idle` seconds without any work. */
export function rampPollers(units: UnitsState, waiting: number, idle: number): void {
  if (waiting > 0) units.ready = Math.max(units.ready, Math.min(AT_FIRST, units.desired)) + MORE_A_SECOND;
  if (idle >= IDLE.seconds) units.ready = Math.min(units.ready, IDLE.pollers);
  if (idle >= LONG_IDLE.seconds) units.ready = Math.min(units.ready, LONG_IDLE.pollers);
  units.ready = Math.min(units.ready, units.desired);
}

/** Another maximum concurrency: what exceeds it finishes what it has in hand, and polls no more. */
export function setConcurrency(units: UnitsState, desired: number): void {
  units.desired = desired;
  units.ready = Math.min(units.ready, desired);
}

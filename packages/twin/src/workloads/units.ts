import * as z from "zod";

const count = z.int().nonnegative();
const cohort = z.strictObject({ at: z.number(), count });

/** The units of one target. `starting` serve from their `at` on, oldest first. */
export const unitsState = z.strictObject({
  desired: count,
  ready: count,
  starting: z.array(cohort),
});
export type UnitsState = z.infer<typeof unitsState>;

export function unitsReady(ready: number): UnitsState {
  return { desired: ready, ready, starting: [] };
}

function total(cohorts: readonly { count: number }[]): number {
  let sum = 0;
  for (const { count } of cohorts) sum += count;
  return sum;
}

/** Units that start or serve. */
export function running(units: UnitsState): number {
  return units.ready + total(units.starting);
}

/** Lets units become ready whose time has come at `second`. */
export function settleUnits(units: UnitsState, second: number): void {
  for (let next = units.starting[0]; next !== undefined && next.at <= second; next = units.starting[0]) {
    units.ready += next.count;
    units.starting.shift();
  }
}

function stopStarting(units: UnitsState, excess: number): number {
  let left = excess;
  for (let newest = units.starting.at(-1); newest !== undefined && left > 0; newest = units.starting.at(-1)) {
    const stopped = Math.min(newest.count, left);
    newest.count -= stopped;
    left -= stopped;
    if (newest.count === 0) units.starting.pop();
  }
  return left;
}

/**
 * Tells the units how many they should be. More begin to start at `second`; too many stop, those that are still
 * starting first, the newest of them first.
 * @returns how many units that served were stopped
 */
export function setDesired(units: UnitsState, desired: number, second: number, startUp: number): number {
  units.desired = desired;
  const missing = desired - running(units);
  if (missing > 0) units.starting.push({ at: second + startUp, count: missing });
  const stopped = stopStarting(units, Math.max(0, -missing));
  units.ready -= stopped;
  settleUnits(units, second);
  return stopped;
}

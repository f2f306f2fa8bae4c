import * as z from "zod";

const count = z.int().nonnegative();
/** Units for which the same happens at `at`; `lives` are the seconds that they last once they serve, where that is not for good. */
export const cohort = z.strictObject({ at: z.number(), count, lives: z.number().optional() });
export type Cohort = z.infer<typeof cohort>;

/** The units of one target. */
export const unitsState = z.strictObject({
  desired: count,
  /** Units that serve. */
  ready: count,
  /** Units that serve from their `at` on, by it. */
  starting: z.array(cohort),
  /** Of the units that serve, those that die at their `at`. */
  doomed: z.array(cohort),
  /** Of the units that serve, those of the version that a deployment is replacing. */
  old: count,
  deploying: z.boolean(),
});
export type UnitsState = z.infer<typeof unitsState>;

/** Starts units at a second, and says when they will serve. */
export type Begin = (second: number, count: number) => Cohort[];

export function unitsReady(ready: number): UnitsState {
  return { desired: ready, ready, starting: [], doomed: [], old: 0, deploying: false };
}

/** Units that are still starting. */
export function starting(units: UnitsState): number {
  let sum = 0;
  for (const { count } of units.starting) sum += count;
  return sum;
}

/** Units that start or serve. */
export function running(units: UnitsState): number {
  return units.ready + starting(units);
}

function start(units: UnitsState, second: number, missing: number, begin: Begin): void {
  if (missing <= 0) return;
  units.starting.push(...begin(second, missing));
  units.starting.sort((a, b) => a.at - b.at);
}

/** Units that the deployed version lacks; negative when there are too many. */
function missing(units: UnitsState): number {
  return units.desired - (running(units) - units.old);
}

function becomeReady(units: UnitsState, second: number): void {
  for (let next = units.starting[0]; next !== undefined && next.at <= second; next = units.starting[0]) {
    units.ready += next.count;
    if (next.lives !== undefined) units.doomed.push({ at: next.at + next.lives, count: next.count });
    units.starting.shift();
  }
}

/** Ends those that die by `second`, and starts others in their place. */
function die(units: UnitsState, second: number, begin: Begin): void {
  const due = units.doomed.filter(({ at }) => at <= second);
  if (due.length === 0) return;
  units.doomed = units.doomed.filter(({ at }) => at > second);
  const lost = due.reduce((sum, { count }) => sum + count, 0);
  units.ready -= Math.min(units.ready, lost);
  units.old = Math.min(units.old, units.ready);
  start(units, second, missing(units), begin);
}

/** Lets units become ready, and die, whose time has come at `second`. */
export function settleUnits(units: UnitsState, second: number, begin: Begin): void {
  becomeReady(units, second);
  if (units.doomed.length > 0) die(units, second, begin);
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

/** Stops units that serve; the doomed die among them. */
function stopReady(units: UnitsState, stopped: number): void {
  units.ready -= stopped;
  let left = units.doomed.reduce((sum, { count }) => sum + count, 0) - units.ready;
  for (const each of units.doomed) {
    const gone = Math.min(each.count, Math.max(0, left));
    each.count -= gone;
    left -= gone;
  }
}

/**
 * Tells the units how many they should be. More begin to start at `second`; too many stop, those that are still
 * starting first, the newest of them first. At most `mayStop` of those that serve are stopped.
 * @returns how many units that served were stopped
 */
export function setDesired(
  units: UnitsState,
  desired: number,
  second: number,
  begin: Begin,
  mayStop = Number.POSITIVE_INFINITY,
): number {
  units.desired = desired;
  const lacking = missing(units);
  start(units, second, lacking, begin);
  const tooMany = stopStarting(units, Math.max(0, -lacking));
  const oldOnes = Math.max(0, units.old - desired);
  const stopped = Math.min(tooMany + oldOnes, mayStop);
  units.old -= Math.min(oldOnes, stopped);
  stopReady(units, stopped);
  settleUnits(units, second, begin);
  return stopped;
}

/** Begins a deployment: what serves is old from now on, and as many as desired start beside it. */
export function deploy(units: UnitsState, second: number, begin: Begin): void {
  units.deploying = true;
  units.old = units.ready;
  start(units, second, missing(units), begin);
  settleUnits(units, second, begin);
}

/**
 * Stops as many old units as new ones serve in their place; with the last of them the deployment is over.
 * @returns how many were stopped
 */
export function retire(units: UnitsState): number {
  const replaced = Math.min(units.old, Math.max(0, units.ready - units.desired));
  units.old -= replaced;
  stopReady(units, replaced);
  if (units.old === 0 && missing(units) <= 0 && units.starting.length === 0) units.deploying = false;
  return replaced;
}

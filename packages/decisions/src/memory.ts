import type { TargetSettings } from "./config/settings.ts";
import { present } from "./contexts.ts";
import { arrivalPatience } from "./interlocks/arrival.ts";
import type { Action, Memory, TickRecord } from "./model.ts";
import { signalsOf } from "./policies/registry.ts";

/** Changes set back are counted by the hour. */
const HOUR = 3600;

/** Seconds that the past of a target must reach back: its longest window, and the oldest datapoint that may be used. */
export function memorySpan(settings: TargetSettings, tick: number): number {
  const oldest = settings.policies
    .flatMap((policy) => signalsOf(policy))
    .map((signal) => (signal.source !== "queue" ? signal.maxAge + 2 * signal.period : signal.maxAge));
  const retryStorm = settings.guards.retryStorm === undefined ? 0 : 600;
  const arrival = arrivalPatience(settings.warmUp, tick);
  return Math.max(settings.stabilisation.in, settings.stabilisation.out, retryStorm, arrival, ...oldest) + 3 * tick;
}

/** Seconds that changes must be remembered: the longest period of a rate, the longest rest after a change of anybody's. */
export function actionSpan(settings: TargetSettings): number {
  const { foreignWrites } = settings;
  const rates = [settings.rate.in, settings.rate.out].flatMap((rate) => rate?.allow ?? []).map(({ per }) => per);
  const rests = [settings.coolDown.in + settings.warmUp, settings.coolDown.out];
  const held = foreignWrites.policy === "hold" ? foreignWrites.duration : 0;
  return Math.max(HOUR, held, ...rates, ...rests);
}

/**
 * Changes that are young enough to matter, oldest first. Of others' changes only the last one matters for longer than
 * an hour, and some targets see one every minute.
 */
export function recentActions(actions: readonly Action[], settings: TargetSettings, at: number): Action[] {
  const span = actionSpan(settings);
  const recent = actions.filter((action) => action.at > at - span).sort((a, b) => a.at - b.at);
  const last = recent.findLast(({ by }) => by === "foreign");
  return recent.filter((action) => action.by === "headroom" || action === last || action.at > at - HOUR);
}

/** What the next tick should remember of the target. A tick that could not see the capacity leaves a gap. */
export function remember(record: TickRecord): Memory {
  const { at, tick, settings, capacity, memory } = record.input;
  const actions = recentActions(memory.actions, settings, at);
  const { recorded, told, troubles, waitingSince, standings } = memory;
  const rest = { actions, ...record.carry, recorded, told, troubles, waitingSince, standings };
  const desired = capacity.is === "failed" ? undefined : present(capacity, settings.mode);
  if (capacity.is === "failed" || desired === undefined) return { ring: memory.ring, ...rest };
  const { running, ready } = capacity;
  const since = at - memorySpan(settings, tick);
  const kept = memory.ring.filter((moment) => moment.at >= since && moment.at < at);
  return { ring: [...kept, { at, proposal: record.combined, desired, running, ready }], ...rest };
}

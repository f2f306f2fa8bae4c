import type { TargetSettings } from "./config/settings.ts";
import type { Action, Memory, TickRecord } from "./model.ts";
import { signalsOf } from "./policies/registry.ts";

const LONGEST_RATE_SECONDS = 3600;

/** Seconds that the past of a target must reach back: its longest window, and the oldest datapoint that may be used. */
export function memorySpan(settings: TargetSettings, tick: number): number {
  const oldest = settings.policies
    .flatMap((policy) => signalsOf(policy))
    .map((signal) => (signal.source === "cloudwatch" ? signal.maxAge + 2 * signal.period : signal.maxAge));
  return Math.max(settings.stabilisation.in, settings.stabilisation.out, ...oldest) + 3 * tick;
}

/** Seconds that changes must be remembered: the longest period of a rate, and the longest rest after a change. */
export function actionSpan(settings: TargetSettings): number {
  const rates = [settings.rate.in, settings.rate.out].flatMap((rate) => rate?.allow ?? []).map(({ per }) => per);
  const rests = [settings.coolDown.in + settings.warmUp, settings.coolDown.out];
  return Math.max(LONGEST_RATE_SECONDS, ...rates, ...rests);
}

/** Changes that are young enough to matter, oldest first. */
export function recentActions(actions: readonly Action[], settings: TargetSettings, at: number): Action[] {
  return actions.filter((action) => action.at > at - actionSpan(settings)).sort((a, b) => a.at - b.at);
}

/** What the next tick should remember of the target. A tick that could not see the capacity leaves a gap. */
export function remember(record: TickRecord): Memory {
  const { at, tick, settings, capacity, memory } = record.input;
  const actions = recentActions(memory.actions, settings, at);
  const { drainBy } = record;
  const { recorded } = memory;
  if (capacity.is === "failed") return { ring: memory.ring, actions, drainBy, recorded };
  const { desired, running, ready } = capacity;
  const kept = memory.ring.filter((moment) => moment.at >= at - memorySpan(settings, tick) && moment.at < at);
  const ring = [...kept, { at, proposal: record.combined, desired, running, ready }];
  return { ring, actions, drainBy, recorded };
}

import type { Autoscaler, Bounds, View } from "./autoscaler.ts";
import { type Backlog, createBacklog } from "./backlog.ts";
import { createUnits, SLOT_SECONDS, type Units } from "./fleet.ts";
import type { MinuteLoad } from "./load.ts";

const SLOTS_A_MINUTE = 60 / SLOT_SECONDS;

/** What a run gave: units by the minute (means), and how often the desired capacity was changed. */
export type Supply = { ready: Float64Array; starting: Float64Array; changes: number };

/** What was busy and what served, by slot, summed up from the beginning, so that any mean is two look-ups. */
type Past = { busy: Float64Array; ready: Float64Array };

function meanOf(sums: Float64Array, from: number, to: number): number {
  const first = Math.max(0, Math.round(from / SLOT_SECONDS));
  const last = Math.max(first, Math.round(to / SLOT_SECONDS));
  return last === first ? 0 : ((sums[last] ?? 0) - (sums[first] ?? 0)) / (last - first);
}

function viewOf(units: Units, load: Float64Array, past: Past, backlog: Backlog | undefined): View & { now: number } {
  return {
    now: 0,
    get desired() {
      return units.desired();
    },
    get ready() {
      return units.ready();
    },
    get starting() {
      return units.starting();
    },
    load: (from, to) => meanOf(load, from, to),
    utilisation(from, to) {
      const ready = meanOf(past.ready, from, to);
      return ready === 0 ? 0 : meanOf(past.busy, from, to) / ready;
    },
    get queue() {
      return { visible: backlog?.visible() ?? 0, inFlight: backlog?.inFlight() ?? 0 };
    },
  };
}

/** Load summed up by slot. */
function summed(minutes: Float64Array): Float64Array {
  const sums = new Float64Array(minutes.length * SLOTS_A_MINUTE + 1);
  for (let slot = 0; slot + 1 < sums.length; slot += 1) {
    sums[slot + 1] = (sums[slot] ?? 0) + (minutes[Math.floor(slot / SLOTS_A_MINUTE)] ?? 0);
  }
  return sums;
}

/**
 * Plays a load against an autoscaler. It is asked at its own interval, at the end of a step, so that it sees nothing of
 * what comes. With `queue` what cannot be served waits; without, it is overload.
 */
export function simulate(load: MinuteLoad, autoscaler: Autoscaler, bounds: Bounds & { queue: boolean }): Supply {
  const { minutes, perUnit } = load;
  const slots = minutes.length * SLOTS_A_MINUTE;
  const past: Past = { busy: new Float64Array(slots + 1), ready: new Float64Array(slots + 1) };
  const initial = Math.min(bounds.max, Math.max(bounds.min, Math.ceil(minutes[0] ?? 0)));
  const units = createUnits(initial, bounds.startDelay);
  const backlog = bounds.queue ? createBacklog(perUnit) : undefined;
  const view = viewOf(units, summed(minutes), past, backlog);
  const supply: Supply = {
    ready: new Float64Array(minutes.length),
    starting: new Float64Array(minutes.length),
    changes: 0,
  };

  for (let slot = 0; slot < slots; slot += 1) {
    const minute = Math.floor(slot / SLOTS_A_MINUTE);
    units.advance(slot * SLOT_SECONDS);
    const ready = units.ready();
    const worth = minutes[minute] ?? 0;
    const busy = backlog?.flow(worth, ready, SLOT_SECONDS) ?? worth;
    past.busy[slot + 1] = (past.busy[slot] ?? 0) + busy;
    past.ready[slot + 1] = (past.ready[slot] ?? 0) + ready;
    supply.ready[minute] = (supply.ready[minute] ?? 0) + ready / SLOTS_A_MINUTE;
    supply.starting[minute] = (supply.starting[minute] ?? 0) + units.starting() / SLOTS_A_MINUTE;
    view.now = (slot + 1) * SLOT_SECONDS;
    if (view.now % autoscaler.every !== 0) continue;
    const before = units.desired();
    units.set(autoscaler.decide(view), view.now);
    if (units.desired() !== before) supply.changes += 1;
  }
  return supply;
}

import type { Autoscaler, Bounds, View } from "./autoscaler.ts";
import { type Backlog, createBacklog } from "./backlog.ts";
import { createUnits, SLOT_SECONDS, SLOTS_A_MINUTE, type Units } from "./fleet.ts";
import type { MinuteLoad } from "./load.ts";

/** What a run gave: units by the slot, and how often the desired capacity was changed after the run-in. */
export type Supply = { ready: Float64Array; starting: Float64Array; changes: number };

/** What was busy and what served, by slot, summed up from the beginning, so that any mean is two look-ups. */
type Past = { busy: Float64Array; ready: Float64Array };

export type SimulationOptions = Bounds & {
  /** What cannot be served waits; otherwise it is overload. */
  queue: boolean;
  /** Minutes from the beginning in which everybody finds its feet: they are played, and not scored. */
  runIn?: number;
  /** Told of each slot's supply; the run ends early when it says false. */
  goOn?: (slot: number, ready: number) => boolean;
};

function meanOf(sums: Float64Array, from: number, to: number): number {
  const first = Math.max(0, Math.round(from / SLOT_SECONDS));
  const last = Math.max(first, Math.round(to / SLOT_SECONDS));
  return last === first ? 0 : ((sums[last] ?? 0) - (sums[first] ?? 0)) / (last - first);
}

function viewOf(units: Units, load: Float64Array, past: Past, backlog: Backlog | undefined): View & { now: number } {
  const view: View & { now: number } = {
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
    load: (from, to) => meanOf(load, from, Math.min(to, view.now)),
    utilisation(from, to) {
      const ready = meanOf(past.ready, from, to);
      return ready === 0 ? 0 : meanOf(past.busy, from, to) / ready;
    },
    served: (from, to) => meanOf(past.ready, from, to),
    get queue() {
      return { visible: backlog?.visible() ?? 0, inFlight: backlog?.inFlight() ?? 0 };
    },
  };
  return view;
}

/** Load summed up by slot. */
function summed(minutes: Float64Array): Float64Array {
  const sums = new Float64Array(minutes.length * SLOTS_A_MINUTE + 1);
  for (let slot = 0; slot + 1 < sums.length; slot += 1) {
    sums[slot + 1] = (sums[slot] ?? 0) + (minutes[Math.floor(slot / SLOTS_A_MINUTE)] ?? 0);
  }
  return sums;
}

/** Units that there are at the beginning: as many as the first minute needs, for everybody but those who begin otherwise. */
function initialUnits({ minutes }: MinuteLoad, { initial }: Autoscaler, { min, max }: Bounds): number {
  return Math.min(max, Math.max(min, initial ?? Math.ceil(minutes[0] ?? 0)));
}

/**
 * Plays a load against an autoscaler. It is asked at its own interval, at the end of a step, so that it sees nothing of
 * what comes.
 */
export function simulate(load: MinuteLoad, autoscaler: Autoscaler, options: SimulationOptions): Supply {
  const { minutes, perUnit } = load;
  const slots = minutes.length * SLOTS_A_MINUTE;
  const past: Past = { busy: new Float64Array(slots + 1), ready: new Float64Array(slots + 1) };
  const units = createUnits(initialUnits(load, autoscaler, options), options.startDelay);
  const backlog = options.queue ? createBacklog(perUnit) : undefined;
  const view = viewOf(units, summed(minutes), past, backlog);
  const [ready, starting] = [new Float64Array(slots), new Float64Array(slots)];
  let changes = 0;

  function ask(now: number): void {
    view.now = now;
    const before = units.desired();
    units.set(autoscaler.decide(view), now);
    if (units.desired() !== before && now > (options.runIn ?? 0) * 60) changes += 1;
  }

  function step(slot: number): void {
    units.advance(slot * SLOT_SECONDS);
    const serving = units.ready();
    const worth = minutes[Math.floor(slot / SLOTS_A_MINUTE)] ?? 0;
    past.busy[slot + 1] = (past.busy[slot] ?? 0) + (backlog?.flow(worth, serving, SLOT_SECONDS) ?? worth);
    past.ready[slot + 1] = (past.ready[slot] ?? 0) + serving;
    ready[slot] = serving;
    starting[slot] = units.starting();
    const now = (slot + 1) * SLOT_SECONDS;
    if (now % autoscaler.every === 0) ask(now);
  }

  for (let slot = 0; slot < slots; slot += 1) {
    step(slot);
    if (options.goOn?.(slot, ready[slot] ?? 0) === false) break;
  }
  return { ready, starting, changes };
}

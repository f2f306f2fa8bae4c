import type { ServiceSimulation } from "@headroom/decisions/config/simulation";
import * as z from "zod";
import type { Load } from "./load.ts";
import { nothingObserved, observation, observeMinute, observeSecond } from "./observation.ts";
import { setDesired, settleUnits, unitsReady, unitsState } from "./units.ts";
import type { Workload } from "./workload.ts";

const MINUTE = 60;
/** Requests wait this many seconds of full work at most; what comes on top gets an error. */
const PATIENCE = 2;
/** The queueing formula is infinite at full utilisation: from this utilisation on latency stays what it is there. */
const SATURATED = 0.95;
/** Seconds that a request takes longer where a Lambda environment has to be started for it. */
const COLD_START = 1;

/** One minute of a service that is over. `at` is its beginning, requests are counted, latencies in seconds. */
const serviceMinute = z.strictObject({
  at: z.number(),
  arrived: z.number(),
  served: z.number(),
  /** Errors of requests that reached a unit, and of those for which there was none. */
  shed: z.number(),
  unroutable: z.number(),
  /** Arrivals divided by the units that were ready, added up. */
  perUnit: z.number(),
  /** Sum of the units that were ready in each second, how many at the end, and the unit-seconds that were busy. */
  readySeconds: z.number(),
  ready: z.number(),
  busySeconds: z.number(),
  /** Requests that are worked on at once, on the average of each second that had any. */
  concurrency: z.array(z.number()),
  /** Utilisation (0 to 1) of each second in which a unit was ready. */
  utilisation: z.array(z.number()),
  /** Mean latency of each second that served requests, and how many it served. */
  latency: z.array(z.strictObject({ value: z.number(), weight: z.number() })),
});
export type ServiceMinute = z.infer<typeof serviceMinute>;

const serviceState = z.strictObject({
  second: z.number(),
  units: unitsState,
  backlog: z.number(),
  minute: serviceMinute,
  observed: observation,
});
type ServiceState = z.infer<typeof serviceState>;

function emptyMinute(at: number): ServiceMinute {
  return {
    at,
    arrived: 0,
    served: 0,
    shed: 0,
    unroutable: 0,
    perUnit: 0,
    readySeconds: 0,
    ready: 0,
    busySeconds: 0,
    concurrency: [],
    utilisation: [],
    latency: [],
  };
}

/** What became of one second: requests, unit-seconds of work, seconds of latency. */
type Second = { served: number; shed: number; unroutable: number; backlog: number; busy: number; latency: number };

/**
 * Units that share their arrivals evenly. Latency is that of processor sharing, `latency / (1 - utilisation)` (Kleinrock,
 * Queueing Systems volume 2, 4.4), capped, and the wait of the backlog on top of it.
 */
function serveShared(settings: ServiceSimulation, ready: number, backlog: number, arrived: number): Second {
  const capacity = ready * settings.perUnit;
  if (capacity === 0) return { served: 0, shed: 0, unroutable: backlog + arrived, backlog: 0, busy: 0, latency: 0 };
  const offered = backlog + arrived;
  const served = Math.min(offered, capacity);
  const waiting = Math.min(offered - served, capacity * PATIENCE);
  const utilisation = served / capacity;
  const latency = settings.latency / (1 - Math.min(utilisation, SATURATED)) + waiting / capacity;
  return {
    served,
    shed: offered - served - waiting,
    unroutable: 0,
    backlog: waiting,
    busy: utilisation * ready,
    latency,
  };
}

/**
 * Lambda: each unit is one execution at a time, so none slows another down, and what exceeds provisioned concurrency
 * spills over to environments that start cold.
 */
function serveProvisioned(settings: ServiceSimulation, ready: number, _: number, arrived: number): Second {
  const capacity = ready * settings.perUnit;
  const spilt = Math.max(0, arrived - capacity);
  const latency = arrived === 0 ? 0 : settings.latency + (spilt / arrived) * COLD_START;
  return { served: arrived, shed: 0, unroutable: 0, backlog: 0, busy: arrived / settings.perUnit, latency };
}

function noteSecond(minute: ServiceMinute, ready: number, arrived: number, second: Second): void {
  minute.arrived += arrived;
  minute.served += second.served;
  minute.shed += second.shed;
  minute.unroutable += second.unroutable;
  minute.readySeconds += ready;
  minute.ready = ready;
  minute.busySeconds += second.busy;
  if (second.busy > 0) minute.concurrency.push(second.busy);
  if (second.served > 0) minute.latency.push({ value: second.latency, weight: second.served });
  if (ready === 0) return;
  minute.perUnit += arrived / ready;
  minute.utilisation.push(Math.min(1, second.busy / ready));
}

function violates(settings: ServiceSimulation, minute: ServiceMinute): boolean {
  const errors = minute.shed + minute.unroutable;
  const slow = minute.latency.reduce((sum, { value, weight }) => sum + value * weight, 0);
  return slow > settings.maxLatency * minute.served || errors > settings.maxErrors * (minute.served + errors);
}

export type ServiceOptions = {
  settings: ServiceSimulation;
  load: Load;
  start: number;
  /** Whether excess load spills over to environments of its own, as with Lambda's provisioned concurrency. */
  spills: boolean;
  /** Told of each minute that is over; the first has fewer seconds where the start lies within it. */
  onMinute(minute: ServiceMinute): void;
};

/** Units that answer requests, simulated as a flow, second by second. */
export function createService({ settings, load, start, spills, onMinute }: ServiceOptions): Workload {
  const serve = spills ? serveProvisioned : serveShared;
  let state: ServiceState = {
    second: start,
    units: unitsReady(settings.initial),
    backlog: 0,
    minute: emptyMinute(Math.floor(start / MINUTE) * MINUTE),
    observed: nothingObserved(settings.initial),
  };

  function endMinute(): void {
    observeMinute(state.observed, violates(settings, state.minute));
    onMinute(state.minute);
    state.minute = emptyMinute(state.second);
  }

  function live(): void {
    const { units, observed } = state;
    settleUnits(units, state.second);
    const arrived = load.during(state.second);
    const second = serve(settings, units.ready, state.backlog, arrived);
    state.backlog = second.backlog;
    noteSecond(state.minute, units.ready, arrived, second);
    observeSecond(observed, units);
    observed.arrived += arrived;
    observed.served += second.served;
    observed.errors += second.shed + second.unroutable;
    state.second += 1;
    if (state.second % MINUTE === 0) endMinute();
  }

  return {
    advanceTo(second) {
      while (state.second < second) live();
      settleUnits(state.units, state.second);
    },
    units: () => state.units,
    setDesired(desired) {
      setDesired(state.units, desired, state.second, settings.startUp);
    },
    observed: () => structuredClone(state.observed),
    snapshot: () => structuredClone(state),
    restore(snapshot) {
      state = serviceState.parse(snapshot);
    },
  };
}

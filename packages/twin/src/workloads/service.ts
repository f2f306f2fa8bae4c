import type { ServiceSimulation } from "@headroom/decisions/config/simulation";
import * as z from "zod";
import { booting } from "./boot.ts";
import type { Load } from "./load.ts";
import { nothingObserved, observation, observeMinute, observeSecond } from "./observation.ts";
import {
  emptyMinute,
  emptyTen,
  type ServiceMinute,
  type ServiceTen,
  serviceMinute,
  serviceTen,
} from "./service-minute.ts";
import { createStarts } from "./starts.ts";
import { deploy, retire, setDesired, settleUnits, unitsReady, unitsState } from "./units.ts";
import type { Workload } from "./workload.ts";

const MINUTE = 60;
const TEN = 10;
/** Requests wait this many seconds of full work at most; what comes on top gets an error. */
const PATIENCE = 2;
/** The queueing formula is infinite at full utilisation: from this utilisation on latency stays what it is there. */
const SATURATED = 0.95;
/** Seconds that a request takes longer where a Lambda environment has to be started for it. */
const COLD_START = 1;

const serviceState = z.strictObject({
  second: z.number(),
  units: unitsState,
  backlog: z.number(),
  minute: serviceMinute,
  ten: serviceTen,
  observed: observation,
  starts: z.unknown(),
});
type ServiceState = Omit<z.infer<typeof serviceState>, "starts">;

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
  /** Told of each ten seconds that are over. */
  onTen?(ten: ServiceTen): void;
};

/** Units that answer requests, simulated as a flow, second by second. */
export function createService({ settings, load, start, spills, onMinute, onTen }: ServiceOptions): Workload {
  const serve = spills ? serveProvisioned : serveShared;
  let state: ServiceState = {
    second: start,
    units: unitsReady(settings.initial),
    backlog: 0,
    minute: emptyMinute(Math.floor(start / MINUTE) * MINUTE),
    observed: nothingObserved(settings.initial),
    ten: emptyTen(Math.floor(start / TEN) * TEN),
  };

  const starts = createStarts(settings);

  function endMinute(): void {
    if (settings.bootUtilisation !== undefined) state.minute.bootUtilisation = settings.bootUtilisation;
    observeMinute(state.observed, violates(settings, state.minute));
    onMinute(state.minute);
    state.minute = emptyMinute(state.second);
  }

  function noteTen(ready: number, arrived: number, busy: number): void {
    const { ten } = state;
    ten.arrived += arrived;
    if (ready > 0) ten.utilisation.push(Math.min(1, busy / ready));
    if ((state.second + 1) % TEN !== 0) return;
    onTen?.(ten);
    state.ten = emptyTen(state.second + 1);
  }

  function live(): void {
    const { units, observed } = state;
    settleUnits(units, state.second, starts.begin);
    const arrived = load.during(state.second);
    const second = serve(settings, units.ready, state.backlog, arrived);
    state.backlog = second.backlog;
    noteSecond(state.minute, units.ready, arrived, second);
    state.minute.bootSeconds += booting(units, settings.bootUtilisation);
    if (onTen !== undefined) noteTen(units.ready, arrived, second.busy);
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
      settleUnits(state.units, state.second, starts.begin);
    },
    units: () => state.units,
    setDesired(desired) {
      setDesired(state.units, desired, state.second, starts.begin);
    },
    protected: () => undefined,
    deploy: () => deploy(state.units, state.second, starts.begin),
    retire() {
      retire(state.units);
    },
    trouble: starts.trouble,
    observed: () => structuredClone(state.observed),
    snapshot: () => structuredClone({ ...state, starts: starts.snapshot() }),
    restore(snapshot) {
      const { starts: started, ...rest } = serviceState.parse(snapshot);
      state = rest;
      starts.restore(started);
    },
  };
}

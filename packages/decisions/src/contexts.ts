import type { TargetSettings } from "./config/settings.ts";
import { type MetricSignal, signalKey } from "./config/signals.ts";
import type { InterlockContext } from "./interlocks/interlock.ts";
import { boundsWith } from "./limits/bounds.ts";
import type { Capacity, DecideInput, Lease } from "./model.ts";
import type { PolicyContext } from "./policies/policy.ts";
import type { Known, Unknown } from "./readings.ts";
import { openBounds } from "./schedule/open.ts";
import { trustEvents, trustMetric, trustQueue, trustWindow } from "./trust.ts";

/** What is set now and would be changed: the capacity, or in floor mode the resource's minimum, if it has one. */
export function present(capacity: Capacity, mode: TargetSettings["mode"]): number | undefined {
  return mode === "floor" ? capacity.minimum : capacity.desired;
}

/**
 * Leases that have not ended, those on the target before those on all: of two of a kind the first counts. AWS deletes
 * expired items late.
 */
function leasesFor(input: DecideInput): Lease[] {
  const open = input.leases.filter((lease) => lease.until > input.now);
  const on = (target: string) => open.filter((lease) => lease.target === target);
  return [...on(input.target), ...on("*")];
}

/** Judges the answers of an input, on demand. */
function readings({ answers, now, named }: DecideInput): Pick<PolicyContext, "metric" | "window" | "events" | "queue"> {
  function siblingOf({ zeroWhile }: MetricSignal): () => Known | Unknown {
    return () => (zeroWhile === undefined ? { is: "none" } : metric(zeroWhile));
  }
  function metric(signal: MetricSignal): Known | Unknown {
    return trustMetric(signal, answers[signalKey(signal)], now, siblingOf(signal), named);
  }
  return {
    metric,
    window: (signal) => trustWindow(signal, answers[signalKey(signal)], now, siblingOf(signal)),
    events: (signal) => trustEvents(signal, answers[signalKey(signal)], now),
    queue: (signal) => trustQueue(signal, answers[signalKey(signal)], now),
  };
}

/** What policies and limits may know of an input. */
export function contextsOf(
  input: DecideInput,
  capacity: Capacity,
  desired: number,
): { policy: Omit<PolicyContext, "boosts" | "others">; limit: Omit<InterlockContext, "proposals" | "combined"> } {
  const { target, at, now, tick, settings, memory, facts } = input;
  const leases = leasesFor(input);
  const scheduled = openBounds(settings.policies, at);
  const bounds = boundsWith(scheduled, settings, leases);
  const read = readings(input);
  const { running, ready } = capacity;
  return {
    policy: {
      ...{ at, now, tick, desired, running, ready, memory },
      ...bounds,
      floor: scheduled.floor,
      warmUp: settings.warmUp,
      alone: settings.policies.every(({ kind }) => kind === "schedule"),
      ...read,
    },
    limit: { target, at, tick, settings, memory, leases, facts, capacity, desired, bounds, metric: read.metric },
  };
}

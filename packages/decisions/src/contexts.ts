import type { TargetSettings } from "./config/settings.ts";
import { type MetricSignal, signalKey } from "./config/signals.ts";
import type { InterlockContext } from "./interlocks/interlock.ts";
import { boundsWith } from "./limits/bounds.ts";
import type { Capacity, DecideInput, Lease, RaisedMax } from "./model.ts";
import type { PolicyContext } from "./policies/policy.ts";
import { isTrusted, raisedMaximum } from "./policies/predictive.ts";
import { namesOf } from "./policy-names.ts";
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

/** What policies that may exceed the maximum ask for, and whether one of them cannot say. */
function exceeding({ settings, outlooks }: DecideInput): { asked: RaisedMax[]; isUnknown: boolean } {
  const names = namesOf(settings.policies);
  const asked: RaisedMax[] = [];
  let isUnknown = false;
  for (const [index, policy] of settings.policies.entries()) {
    if (policy.kind !== "predictive" || policy.exceedMax === undefined) continue;
    const outlook = outlooks[names[index] ?? policy.kind];
    isUnknown ||= !isTrusted(outlook);
    asked.push(...[raisedMaximum(policy, outlook, settings.max)].filter((raised) => raised !== undefined));
  }
  return { asked, isUnknown };
}

/**
 * The maximum for the time of a peak that is forecast, where a policy may exceed the configured one; null without any. It
 * outlives the peak by a stabilisation window. What serves above the configured maximum is not cut because a forecast is
 * missing, or has turned out wrong: then it comes down with what is asked for.
 */
export function raisedMaxOf(input: DecideInput, desired: number): RaisedMax | null {
  const { settings, memory, at } = input;
  const { asked, isUnknown } = exceeding(input);
  const before = memory.raisedMax;
  const lasting = before !== null && at < before.until ? [before] : [];
  const all = [...asked.map(({ max, until }) => ({ max, until: until + settings.stabilisation.in })), ...lasting];
  // The highest, until its own end: a lower peak that follows does not prolong it.
  const [highest] = all.sort((a, b) => b.max - a.max || b.until - a.until);
  if (highest !== undefined) return highest;
  if (before === null || !isUnknown || desired <= settings.max) return null;
  return { max: Math.min(before.max, desired), until: before.until };
}

function configured(input: DecideInput, desired: number): { min: number; max: number } {
  const { min, max } = input.settings;
  return { min, max: Math.max(max, raisedMaxOf(input, desired)?.max ?? 0) };
}

/** Within which capacity may be at this tick: what is configured, scheduled, forecast and granted. */
export function boundsFor(input: DecideInput, desired: number): { min: number; max: number } {
  return boundsWith(openBounds(input.settings.policies, input.at), configured(input, desired), leasesFor(input));
}

/** What policies and limits may know of an input. */
export function contextsOf(
  input: DecideInput,
  capacity: Capacity,
  desired: number,
): {
  policy: Omit<PolicyContext, "boosts" | "others" | "outlook">;
  limit: Omit<InterlockContext, "proposals" | "combined">;
} {
  const { target, at, now, tick, settings, memory, facts } = input;
  const leases = leasesFor(input);
  const scheduled = openBounds(settings.policies, at);
  const bounds = boundsWith(scheduled, configured(input, desired), leases);
  const read = readings(input);
  const { running, ready } = capacity;
  return {
    policy: {
      ...{ at, now, tick, desired, running, ready, memory },
      ...bounds,
      floor: scheduled.floor,
      ...{ warmUp: settings.warmUp, mode: settings.mode },
      alone: settings.policies.every(({ kind }) => kind === "schedule"),
      ...read,
    },
    limit: { target, at, tick, settings, memory, leases, facts, capacity, desired, bounds, metric: read.metric },
  };
}

import { type TargetSettings, targetSettings } from "@headroom/decisions/config/settings";
import { cloudwatchSignal, type Signal, signalKey } from "@headroom/decisions/config/signals";
import { boundsOf } from "@headroom/decisions/limits/bounds";
import type { LimitContext } from "@headroom/decisions/limits/limit";
import {
  type Action,
  type Capacity,
  type DecideInput,
  type Lease,
  type Memory,
  type Moment,
  nothingRemembered,
  type Point,
  type SignalAnswer,
} from "@headroom/decisions/model";
import type { PolicyContext } from "@headroom/decisions/policies/policy";
import type { Known, KnownQueue, Unknown, Window } from "@headroom/decisions/readings";
import type * as z from "zod";

// Small pieces that tests of decisions are built from. Time is in seconds and stands at noon.

/** 2026-01-01T12:00:00Z */
export const NOON = 1_767_268_800;
export const MINUTE = 60;

type MetricInput = z.input<typeof cloudwatchSignal>;
type SettingsInput = z.input<typeof targetSettings>;
type PolicyInput = SettingsInput["policies"][number];
type TrackingInput = Extract<PolicyInput, { kind: "target-tracking" }>;
type QueueInput = Extract<PolicyInput, { kind: "queue" }>;

/** A metric as configuration has it. */
export function metric(name: string, changes: Partial<MetricInput> = {}): MetricInput {
  return { source: "cloudwatch", namespace: "App", metric: name, statistic: "Average", ...changes };
}

export function signal(name: string, changes: Partial<MetricInput> = {}) {
  return cloudwatchSignal.decode(metric(name, changes));
}

/** What a signal is called in tests: its metric, its expression or its queue. */
export function nameOf(wanted: Signal): string {
  switch (wanted.source) {
    case "queue":
      return wanted.queue;
    case "math":
      return wanted.expression;
    case "cloudwatch":
      return wanted.metric;
  }
}

export function keyOf(name: string, changes: Partial<MetricInput> = {}): string {
  return signalKey(signal(name, changes));
}

/** Target tracking of `load` in total, 10 a unit, without tolerance. */
export function tracking(changes: Partial<TrackingInput> = {}): TrackingInput {
  const tolerance = { in: 0, out: 0 };
  return { kind: "target-tracking", of: "total", target: 10, tolerance, signals: [metric("load")], ...changes };
}

/** A queue `jobs` with 1 s a message, one at a time, to be drained within 10 minutes. */
export function draining(changes: Partial<QueueInput> = {}): QueueInput {
  return { kind: "queue", queue: "jobs", drainWithin: "10m", secondsPerMessage: 1, ...changes };
}

/** Settings without stabilisation and warm-up, so that a test sees only the limits that it asks for. */
export function settings(changes: Partial<SettingsInput> = {}): TargetSettings {
  return targetSettings.decode({
    resource: { kind: "ecs-service", cluster: "shop", service: "web" },
    mode: "control",
    min: 1,
    max: 100,
    warmUp: "0s",
    stabilisation: { in: "0s" },
    policies: [tracking()],
    ...changes,
  });
}

export function capacity(desired: number, running = desired, ready = running): Capacity {
  return { is: "capacity", at: NOON, desired, running, ready };
}

export function series(points: readonly [at: number, value: Point["value"]][], period = MINUTE): SignalAnswer {
  return { is: "series", period, points: points.map(([at, value]) => ({ at, value })) };
}

/** The datapoint of the last whole minute before noon. */
export function lately(value: Point["value"]): SignalAnswer {
  return series([[NOON - MINUTE, value]]);
}

export function queued(visible: number, inFlight = 0, delayed = 0): SignalAnswer {
  return { is: "queue", at: NOON, visible, inFlight, delayed };
}

/** A look at `at`: one number for all of its capacities, or each by itself. */
export function look(at: number, desired: number, changes: Partial<Moment> = {}): Moment {
  return { at, proposal: desired, desired, running: desired, ready: desired, ...changes };
}

/** Looks every minute before noon, the last one a minute before it. */
export function looks(desired: readonly number[], changes: Partial<Moment> = {}): Moment[] {
  return desired.map((each, index) => look(NOON - (desired.length - index) * MINUTE, each, changes));
}

export function action(at: number, from: number, to: number, by: Action["by"] = "headroom"): Action {
  return { at, from, to, by };
}

export function remembered(changes: Partial<Memory> = {}): Memory {
  return { ...nothingRemembered, ...changes };
}

const granted = { target: "web", owner: "ada", reason: "a test", until: NOON + 3600 };

export function pinned(units: number, changes: Partial<typeof granted> = {}): Lease {
  return { kind: "pin", capacity: units, ...granted, ...changes };
}

export function paused(direction: "both" | "in" | "out", changes: Partial<typeof granted> = {}): Lease {
  return { kind: "pause", direction, ...granted, ...changes };
}

export function bounded(bounds: { min?: number; max?: number }, changes: Partial<typeof granted> = {}): Lease {
  return { kind: "limit", ...bounds, ...granted, ...changes };
}

/** A tick for the target `web` at noon with 10 units, and a load of 100: exactly what they carry. */
export function input(changes: Partial<DecideInput> = {}): DecideInput {
  return {
    target: "web",
    at: NOON,
    now: NOON,
    tick: MINUTE,
    settings: settings(),
    capacity: capacity(10),
    answers: { [keyOf("load")]: lately(100) },
    memory: nothingRemembered,
    leases: [],
    facts: {},
    outlooks: {},
    named: [],
    ...changes,
  };
}

/** What a limit sees of a target with 10 units at noon, where only itself would change anything. */
export function limiting(
  changes: Partial<LimitContext> & { readings?: Readings; ready?: number; running?: number } = {},
): LimitContext {
  const { target, at, tick, memory, leases, facts } = input();
  const { readings = {}, desired = 10, running = desired, ready = running, ...rest } = changes;
  return {
    ...{ target, at, tick, settings: settings(), memory, leases, facts, desired },
    capacity: capacity(desired, running, ready),
    proposals: [],
    combined: desired,
    interlocks: [],
    bounds: boundsOf({ settings: changes.settings ?? settings(), leases: changes.leases ?? [], at: changes.at ?? at }),
    metric: (wanted) => readings[nameOf(wanted)] ?? { is: "none" },
    ...rest,
  };
}

type Readings = Record<string, Known | Unknown>;

/** What a policy sees at noon: metrics by their name, and the queue. */
export function proposing(
  changes: Partial<PolicyContext> & {
    readings?: Readings;
    windows?: Record<string, Window | Unknown>;
    counts?: Record<string, Window | Unknown>;
    attributes?: KnownQueue | Unknown;
  } = {},
): PolicyContext {
  const { readings = {}, windows = {}, counts = {}, attributes = { is: "none" }, ...rest } = changes;
  return {
    ...{ at: NOON, now: NOON, tick: MINUTE, desired: 10, running: 10, ready: 10, min: 1, max: 100, warmUp: 0 },
    ...{ mode: "control" as const },
    ...{ memory: nothingRemembered, boosts: [], outlook: undefined, others: undefined, alone: false, floor: 0 },
    metric: (wanted) => readings[nameOf(wanted)] ?? { is: "none" },
    window: (wanted) => windows[nameOf(wanted)] ?? { is: "none" },
    events: (wanted) => counts[nameOf(wanted)] ?? { is: "none" },
    queue: () => attributes,
    ...rest,
  };
}

/** A trusted reading of the last whole minute before noon. */
export function known(value: number, changes: Partial<Known> = {}): Known {
  return { is: "value", value, at: NOON - MINUTE, period: MINUTE, mayLower: true, ...changes };
}

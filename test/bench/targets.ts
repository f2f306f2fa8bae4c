import { type TargetSettings, targetSettings } from "@headroom/decisions/config/settings";
import { signalKey } from "@headroom/decisions/config/signals";
import {
  type Action,
  type DecideInput,
  type Moment,
  nothingRemembered,
  type SignalAnswer,
} from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import type * as z from "zod";

// Targets as a fleet has them, an hour old, each a little different from the next.

type SettingsInput = z.input<typeof targetSettings>;
type PolicyInput = SettingsInput["policies"][number];

const AT = 1_767_268_800;
const TICK = 60;
const MOMENTS = 60;

function metric(name: string, statistic: "Average" | "Sum" = "Average") {
  const dimensions = { ClusterName: "shop", ServiceName: "web" };
  return { source: "cloudwatch" as const, namespace: "AWS/ECS", metric: name, dimensions, statistic };
}

const cpu: PolicyInput = { kind: "target-tracking", of: "average", target: 60, signals: [metric("CPUUtilization")] };
const requests: PolicyInput = {
  kind: "target-tracking",
  of: "total",
  target: 500,
  signals: [metric("Requests", "Sum")],
};
const queue: PolicyInput = {
  ...{ kind: "queue", queue: "jobs", drainWithin: "5m", maxAge: "10m" },
  secondsPerMessage: { min: 0.5, max: 4 },
};
const steps: PolicyInput = {
  kind: "step",
  signals: [metric("CPUUtilization")],
  steps: [
    { to: 30, change: { percent: -10 } },
    { from: 60, to: 80, change: { percent: 10 } },
    { from: 80, change: { percent: 30 } },
  ],
};
const hours: PolicyInput = {
  kind: "schedule",
  windows: [
    { start: "0 9 * * 1-5", end: "0 12 * * 1-5", zone: "Europe/Berlin", floor: 15 },
    { start: "0 12 * * 1-5", end: "0 18 * * 1-5", zone: "Europe/Berlin", floor: 26, except: ["2026-12-25"] },
  ],
};

/** The policies of each kind of target, and of how many of 10,000 it is; a schedule is a matter of its own. */
export const kinds: { name: string; policies: PolicyInput[]; count: number; ordinary: boolean }[] = [
  { name: "target-tracking (average)", policies: [cpu], count: 4000, ordinary: true },
  { name: "queue", policies: [queue], count: 2500, ordinary: true },
  { name: "step", policies: [steps], count: 1500, ordinary: true },
  { name: "three policies", policies: [cpu, requests, queue], count: 2000, ordinary: true },
  { name: "with a schedule", policies: [cpu, hours], count: 1000, ordinary: false },
];

function settingsFor(policies: PolicyInput[]): TargetSettings {
  return targetSettings.decode({
    resource: { kind: "ecs-service", cluster: "shop", service: "web" },
    ...{ mode: "control", min: 2, max: 200, warmUp: "90s", policies },
    rate: { in: { allow: [{ percent: 10, per: "5m" }] }, out: { allow: [{ percent: 100, per: "1m" }] } },
    coolDown: { in: "5m" },
  });
}

/** Numbers that look random and are the same each time (Lehmer, MINSTD). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function answersFor(settings: TargetSettings, next: (below: number) => number): Record<string, SignalAnswer> {
  const answers: Record<string, SignalAnswer> = {};
  for (const signal of settings.policies.flatMap((policy) => signalsOf(policy))) {
    const points = Array.from({ length: 8 }, (_, index) => ({ at: AT - (9 - index) * TICK, value: 10 + next(80) }));
    answers[signalKey(signal)] =
      signal.source === "queue"
        ? { is: "queue", at: AT, visible: next(2000), inFlight: next(10), delayed: 0 }
        : { is: "series", period: TICK, points };
  }
  return answers;
}

/** One target after an hour, in which its capacity changed four times. */
function inputFor(target: string, settings: TargetSettings, next: (below: number) => number): DecideInput {
  const actions: Action[] = [];
  const ring: Moment[] = [];
  let desired = 4 + next(20);
  for (let index = 0; index < MOMENTS; index += 1) {
    const at = AT - (MOMENTS - index) * TICK;
    if (index % 15 === 10) {
      const to = desired + (index % 2 === 0 ? 2 : -1);
      actions.push({ at, from: desired, to, by: "headroom" });
      desired = to;
    }
    ring.push({ at, proposal: desired - next(3), desired, running: desired, ready: desired });
  }
  const now = AT + 2;
  const capacity = { is: "capacity" as const, at: now, desired, running: desired, ready: desired };
  const memory = { ...nothingRemembered, ring, actions, trustedAt: AT - TICK };
  const answers = answersFor(settings, next);
  return {
    target,
    at: AT,
    now,
    tick: TICK,
    settings,
    capacity,
    answers,
    memory,
    leases: [],
    facts: {},
    outlooks: {},
    named: [],
  };
}

/** `count` targets with these policies, the same ones each time. */
export function targetsWith(policies: PolicyInput[], count: number): DecideInput[] {
  const next = numbersFrom(42);
  return Array.from({ length: count }, (_, index) => inputFor(`target-${index}`, settingsFor(policies), next));
}

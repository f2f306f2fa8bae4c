import type { Check } from "@headroom/aws/doctor/check";
import type { Look } from "@headroom/aws/doctor/look";
import type { Exchange } from "@headroom/aws/doctor/traffic";
import { parseConfig } from "@headroom/decisions/config/define";
import type { Fleet, FleetInput } from "@headroom/decisions/config/fleet";
import type { Capacity, CapacityAnswer, SignalAnswer } from "@headroom/decisions/model";
import { capacity, NOON, tracking } from "./decisions.ts";

// What a doctor looks at, as a test says it is.

export type TargetInput = FleetInput["targets"][string];

/** An ECS service that follows the metric `load`, between 1 and 10 units. */
export function service(changes: Partial<TargetInput> = {}): TargetInput {
  const resource = { kind: "ecs-service", cluster: "shop", service: "web" } as const;
  return { resource, min: 1, max: 10, policies: [tracking()], ...changes };
}

/** An event source mapping, by its UUID. */
export function mapped(mapping: string): TargetInput {
  return service({ min: 2, resource: { kind: "event-source-concurrency", function: "resize", mapping } });
}

export function fleetOf(targets: FleetInput["targets"]): Fleet {
  return parseConfig({ name: "shop", targets }, "the test");
}

/** A capacity between bounds of its own of 1 and 10, which nothing else may lower. */
export function known(desired: number, changes: Partial<Capacity> = {}): Capacity {
  return { ...capacity(desired, desired, desired), minimum: 1, maximum: 10, rivals: [], ...changes };
}

type Said = {
  capacities?: Record<string, CapacityAnswer>;
  /** By target, then by signal. */
  signals?: Record<string, Record<string, SignalAnswer>>;
  exchanges?: Exchange[];
};

/** A look at a fleet. Without `connect` nothing can be asked. */
export function lookAt(
  fleet: Fleet,
  { capacities = {}, signals = {}, exchanges = [] }: Said,
  more: Partial<Look> = {},
): Look {
  const bySignal = Object.entries(signals).map(([id, answers]) => [id, new Map(Object.entries(answers))] as const);
  return {
    fleet,
    here: { partition: "aws", region: "eu-west-1", account: "111122223333" },
    caller: "arn:aws:iam::111122223333:user/ann",
    role: undefined,
    connect: () => () => {
      throw new Error("there is nobody to ask");
    },
    clock: { now: () => NOON },
    capacities: Promise.resolve(new Map(Object.entries(capacities))),
    signals: Promise.resolve(new Map(bySignal)),
    exchanges: () => exchanges,
    ...more,
  };
}

/** What a check finds about one target, whose capacity is this. */
export async function found(check: Check, answer: CapacityAnswer, changes: Partial<TargetInput> = {}) {
  return check.run(lookAt(fleetOf({ web: service(changes) }), { capacities: { web: answer } }));
}

/** A request at noon, and how it ended a quarter of a second later. */
export function exchange(outcome: Exchange["outcome"], changes: Partial<Exchange> = {}): Exchange {
  const where = { service: "ECS", host: "ecs.eu-west-1.amazonaws.com" } as const;
  return { ...where, sent: NOON, ended: NOON + 0.25, outcome, ...changes };
}

export function answered(date?: number): Exchange["outcome"] {
  return { is: "answered", date };
}

export const silent: Exchange["outcome"] = { is: "silent", why: "ECONNREFUSED" };

/** What a check makes of what went over the wire. */
export async function heard(check: Check, exchanges: Exchange[]) {
  const findings = await check.run(lookAt(fleetOf({ web: service() }), { exchanges }));
  return findings.map(({ status, says }) => [status, says]);
}

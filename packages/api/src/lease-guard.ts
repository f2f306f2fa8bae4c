import type { Fleet } from "@headroom/decisions/config/fleet";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { Invalid } from "@headroom/decisions/errors";
import { boundsOf } from "@headroom/decisions/limits/bounds";
import type { Lease } from "@headroom/decisions/model";
import { Refused } from "./refused.ts";
import { targetOf } from "./targets.ts";

type Pin = Extract<Lease, { kind: "pin" }>;
type Limit = Extract<Lease, { kind: "limit" }>;
type Scene = { config: TargetConfig; others: readonly Lease[]; at: number };

function checkPin({ target, capacity }: Pin, { config, others, at }: Scene): void {
  const { min, max } = boundsOf({ settings: config, leases: [...others], at });
  if (capacity >= min && capacity <= max) return;
  throw new Refused(
    `${capacity} is outside of the bounds of ${target}, ${min} to ${max}: choose one within, or move them first (headroom limit)`,
  );
}

function checkLimit(lease: Limit, { config, others, at }: Scene): void {
  const { target } = lease;
  if (lease.min === undefined && lease.max === undefined) {
    throw new Invalid("A limit needs a minimum or a maximum, or both");
  }
  const present = boundsOf({ settings: config, leases: others.filter(({ kind }) => kind !== "limit"), at });
  const { min = present.min, max = present.max } = lease;
  if (min > max) {
    const other = lease.max === undefined ? "say a higher --max too" : "say a lower --min too";
    throw new Refused(`The minimum of ${target} would be ${min}, above its maximum of ${max}: ${other}`);
  }
  if (min === 0 && config.min > 0) {
    throw new Refused(`${target} must not go to 0: its minimum is ${config.min} because of the policies that it has`);
  }
}

/**
 * Refuses a lease that could not do what it says.
 * @param leases those in force
 * @throws NotFound for an unknown target, Refused by a guard, Invalid
 */
export function checkLease(lease: Lease, fleet: Fleet, leases: readonly Lease[], at: number): void {
  if (lease.target === "*") {
    if (lease.kind !== "pause") throw new Invalid(`A ${lease.kind} is for one target: only a pause is for all`);
    return;
  }
  const config = targetOf(fleet, lease.target);
  const on = (target: string) => leases.filter((each) => each.target === target);
  const scene = { config, others: [...on(lease.target), ...on("*")], at };
  if (lease.kind === "pin") checkPin(lease, scene);
  if (lease.kind === "limit") checkLimit(lease, scene);
}

import type { Fleet } from "@headroom/decisions/config/fleet";
import { NotFound } from "@headroom/decisions/errors";
import type { Lease } from "@headroom/decisions/model";
import type { World } from "@headroom/loops/world";
import type { LeaseChange } from "./answers.ts";
import { iso } from "./instants.ts";
import { checkLease } from "./lease-guard.ts";
import { type LeaseRequest, leaseOf, type TakingBack } from "./lease-request.ts";
import { leaseInForce } from "./lease-text.ts";
import { targetOf } from "./targets.ts";

/** Told of every change that an operator made: what, by whom and why, before and after. */
export type OnMutation = (change: LeaseChange) => void;

type Stage = { world: World; fleet: Fleet; onMutation: OnMutation };
type Change = {
  dryRun: boolean;
  by: { owner: string; reason: string | null };
  before: Lease | undefined;
  after: Lease | undefined;
};

function described(target: string, kind: Lease["kind"], change: Change, now: number): LeaseChange {
  const { dryRun, by, before, after } = change;
  const told = (lease: Lease | undefined) => (lease === undefined ? null : leaseInForce(lease, now));
  return { at: iso(now), dryRun, target, kind, ...by, before: told(before), after: told(after) };
}

/**
 * Grants a lease, in place of one of the same kind on the same target. One write, also for all targets.
 * @throws NotFound, Invalid, Refused
 */
export async function grant({ world, fleet, onMutation }: Stage, request: LeaseRequest): Promise<LeaseChange> {
  const now = world.clock.now();
  const lease = leaseOf(request, now);
  const leases = await world.stores.leases.list(now);
  checkLease(lease, fleet, leases, now);
  const before = leases.find(({ target, kind }) => target === lease.target && kind === lease.kind);
  const { dryRun, owner, reason } = request;
  const change = described(lease.target, lease.kind, { dryRun, by: { owner, reason }, before, after: lease }, now);
  if (dryRun) return change;
  await world.stores.leases.put(lease);
  onMutation(change);
  return change;
}

/**
 * Takes a lease back before its time.
 * @throws NotFound when there is none, or no such target
 */
export async function takeBack(
  { world, fleet, onMutation }: Stage,
  { target, kind }: Pick<Lease, "target" | "kind">,
  { owner, reason, dryRun }: TakingBack,
): Promise<LeaseChange> {
  if (target !== "*") targetOf(fleet, target);
  const now = world.clock.now();
  const leases = await world.stores.leases.list(now);
  const before = leases.find((lease) => lease.target === target && lease.kind === kind);
  if (before === undefined) {
    const all = target !== "*" && leases.some((lease) => lease.target === "*" && lease.kind === kind);
    throw new NotFound(
      `There is no ${kind} on ${target === "*" ? "all targets" : target}${all ? "; there is one on all targets: --all" : ""}`,
    );
  }
  const change = described(
    target,
    kind,
    { dryRun, by: { owner, reason: reason ?? null }, before, after: undefined },
    now,
  );
  if (dryRun) return change;
  await world.stores.leases.remove(target, kind);
  onMutation(change);
  return change;
}

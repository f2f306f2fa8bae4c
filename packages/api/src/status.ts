import { bindingReason } from "@headroom/decisions/binding";
import type { Fleet } from "@headroom/decisions/config/fleet";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { boundsOf } from "@headroom/decisions/limits/bounds";
import type { CapacityAnswer, Decision, Lease } from "@headroom/decisions/model";
import { sentence } from "@headroom/decisions/reasons";
import type { StoredRecord } from "@headroom/decisions/record";
import { instant, units } from "@headroom/decisions/say";
import { WHOLE_FLEET } from "@headroom/loops/tick";
import type { World } from "@headroom/loops/world";
import type { FleetStatus, TargetStatus } from "./answers.ts";
import { targetOf } from "./targets.ts";

/** Records that are looked through for the beginning of the present reason. */
const LOOKED_THROUGH = 32;
/** Later than any tick. */
const EVER = Number.MAX_SAFE_INTEGER;

/** The last second that has a year of four digits: who means "for ever" may say a later one. */
const LAST_SECOND = 253_402_300_799;

/** An instant as APIs write it. */
export function iso(at: number): string {
  return new Date(Math.round(Math.min(at, LAST_SECOND) * 1000)).toISOString();
}

function changeOf(decision: Decision): { from: number | null; to: number | null } {
  if (decision.is === "scale") return { from: decision.from, to: decision.to };
  return { from: decision.at, to: decision.recommended };
}

/** Since when this reason has settled every decision. */
function sinceOf(records: readonly StoredRecord[], code: string): { at: string; orEarlier: boolean } {
  const other = records.findIndex(({ decision }) => bindingReason(decision).code !== code);
  const first = records.at(other === -1 ? -1 : other - 1);
  return { at: iso(first?.input.at ?? 0), orEarlier: other === -1 && records.length === LOOKED_THROUGH };
}

function latestOf(records: readonly StoredRecord[]): TargetStatus["latest"] {
  const [newest] = records;
  if (newest === undefined) return null;
  const { decision, input, outcome } = newest;
  const reason = bindingReason(decision);
  return {
    ...{ at: iso(input.at), decision: decision.is, ...changeOf(decision), outcome: outcome.is },
    ...{ code: reason.code, sentence: sentence(reason), since: sinceOf(records, reason.code) },
  };
}

function whatItDoes(lease: Lease): string {
  switch (lease.kind) {
    case "pause":
      return lease.direction === "both" ? "Paused" : `Scaling ${lease.direction} is paused`;
    case "pin":
      return `Pinned at ${units(lease.capacity)}`;
    case "limit":
      return `Kept to ${lease.min ?? "its own minimum"} up to ${lease.max ?? "its own maximum"}`;
  }
}

function leaseSays(lease: Lease): string {
  return `${whatItDoes(lease)} by ${lease.owner} until ${instant(lease.until)}: ${lease.reason}.`;
}

function capacityOf(answer: CapacityAnswer | undefined): TargetStatus["capacity"] {
  if (answer === undefined) return { is: "failed", why: "there was no answer" };
  if (answer.is === "failed") return answer;
  const { desired, running, ready } = answer;
  return { is: "capacity", desired, running, ready };
}

type Found = { config: TargetConfig; answer: CapacityAnswer | undefined; leases: Lease[]; records: StoredRecord[] };

function statusOf(id: string, { config, answer, leases, records }: Found): TargetStatus {
  return {
    ...{ id, kind: config.resource.kind, mode: config.mode, ...boundsOf({ settings: config, leases }) },
    capacity: capacityOf(answer),
    latest: latestOf(records),
    leases: leases.map((lease) => ({ kind: lease.kind, sentence: leaseSays(lease), until: iso(lease.until) })),
  };
}

/**
 * What some targets of the fleet are now: capacity, bounds, leases, and what was decided last.
 * @throws NotFound when the fleet has no such target
 */
export async function statusOfTargets(world: World, fleet: Fleet, ids: readonly string[]): Promise<TargetStatus[]> {
  const configs = ids.map((id) => ({ id, config: targetOf(fleet, id) }));
  const [capacities, leases, ...histories] = await Promise.all([
    world.capacities.read(configs.map(({ id, config }) => ({ id, resource: config.resource }))),
    world.stores.leases.list(world.clock.now()),
    ...ids.map((id) => world.stores.records.list(id, { from: 0, to: EVER, limit: LOOKED_THROUGH })),
  ]);
  return configs.map(({ id, config }, index) => {
    const own = leases.filter(({ target }) => target === id || target === "*");
    return statusOf(id, { config, answer: capacities.get(id), leases: own, records: histories[index] ?? [] });
  });
}

/** What the whole fleet is now. */
export async function statusOfFleet(world: World, fleet: Fleet): Promise<FleetStatus> {
  const [targets, remembered] = await Promise.all([
    statusOfTargets(world, fleet, Object.keys(fleet.targets)),
    world.stores.shards.load(WHOLE_FLEET),
  ]);
  const tick = remembered === undefined ? null : iso(remembered.at);
  return { fleet: fleet.name, now: iso(world.clock.now()), tick, targets };
}

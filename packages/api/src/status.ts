import { bindingReason } from "@headroom/decisions/binding";
import type { Fleet } from "@headroom/decisions/config/fleet";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { boundsOf } from "@headroom/decisions/limits/bounds";
import type { CapacityAnswer, Decision, Lease, Memory } from "@headroom/decisions/model";
import { sentence } from "@headroom/decisions/reasons";
import type { StoredRecord } from "@headroom/decisions/record";
import { memoryFor } from "@headroom/loops/record";
import { shardsOf, shardWith } from "@headroom/loops/shards";
import { RECORDS_KEPT_SECONDS, type ShardMemory, type World } from "@headroom/loops/world";
import type { FleetStatus, TargetStatus } from "./answers.ts";
import { iso } from "./instants.ts";
import { leaseInForce } from "./lease-text.ts";
import { targetOf } from "./targets.ts";

/** Records that are looked through for the beginning of the present reason. */
const LOOKED_THROUGH = 32;
/** Later than any tick. */
const EVER = Number.MAX_SAFE_INTEGER;

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

function capacityOf(answer: CapacityAnswer | undefined): TargetStatus["capacity"] {
  if (answer === undefined) return { is: "failed", why: "there was no answer" };
  if (answer.is === "failed") return answer;
  const { desired, running, ready } = answer;
  return { is: "capacity", desired, running, ready };
}

type Found = {
  config: TargetConfig;
  answer: CapacityAnswer | undefined;
  leases: Lease[];
  records: StoredRecord[];
  memory: Memory | undefined;
  at: number;
};

/** Interlocks that were open at the last tick. What they are about is in a record, if that is as new. */
function interlocksOf(memory: Memory | undefined, records: readonly StoredRecord[]): TargetStatus["interlocks"] {
  const open = Object.entries(memory?.interlocks ?? {});
  return open.map(([name, since]) => {
    const found = records.flatMap(({ interlocks }) => interlocks).find((each) => each.name === name);
    return { name, since: iso(since), why: found?.since === since ? found.why : null };
  });
}

function statusOf(id: string, { config, answer, leases, records, memory, at }: Found): TargetStatus {
  return {
    ...{ id, kind: config.resource.kind, mode: config.mode, ...boundsOf({ settings: config, leases, at }) },
    capacity: capacityOf(answer),
    latest: latestOf(records),
    leases: leases.map((lease) => leaseInForce(lease, at)),
    interlocks: interlocksOf(memory, records),
    told: Object.entries(memory?.told ?? {}).map(([kind, when]) => ({ kind, at: iso(when) })),
  };
}

/** What the shards that some targets are in remember, by target. */
async function memoriesOf(
  world: World,
  fleet: Fleet,
  ids: readonly string[],
): Promise<Map<string, Memory | undefined>> {
  const shards = new Map<string, ShardMemory | undefined>();
  for (const name of new Set(ids.map((id) => shardWith(fleet, id)?.name ?? ""))) {
    shards.set(name, await world.stores.shards.load(name));
  }
  return new Map(ids.map((id) => [id, memoryFor(shards.get(shardWith(fleet, id)?.name ?? ""), id)]));
}

/**
 * What some targets of the fleet are now: capacity, bounds, leases, and what was decided last.
 * @throws NotFound when the fleet has no such target
 */
export async function statusOfTargets(world: World, fleet: Fleet, ids: readonly string[]): Promise<TargetStatus[]> {
  const oldest = world.clock.now() - RECORDS_KEPT_SECONDS;
  const configs = ids.map((id) => ({ id, config: targetOf(fleet, id) }));
  const [capacities, leases, memories, ...histories] = await Promise.all([
    world.capacities.read(configs.map(({ id, config }) => ({ id, resource: config.resource }))),
    world.stores.leases.list(world.clock.now()),
    memoriesOf(world, fleet, ids),
    ...ids.map((id) => world.stores.records.list(id, { from: oldest, to: EVER, limit: LOOKED_THROUGH })),
  ]);
  return configs.map(({ id, config }, index) => {
    const own = leases.filter(({ target }) => target === id || target === "*");
    return statusOf(id, {
      config,
      answer: capacities.get(id),
      leases: own,
      at: world.clock.now(),
      memory: memories.get(id),
      records: histories[index] ?? [],
    });
  });
}

/** What the whole fleet is now. */
export async function statusOfFleet(world: World, fleet: Fleet): Promise<FleetStatus> {
  const [targets, ...shards] = await Promise.all([
    statusOfTargets(world, fleet, Object.keys(fleet.targets)),
    ...shardsOf(fleet).map(({ name }) => world.stores.shards.load(name)),
  ]);
  const newest = Math.max(0, ...shards.map((shard) => shard?.at ?? 0));
  const tick = newest === 0 ? null : iso(newest);
  return { fleet: fleet.name, now: iso(world.clock.now()), tick, targets };
}

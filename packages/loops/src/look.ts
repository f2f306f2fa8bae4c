import { brakeFor, isLowering } from "@headroom/decisions/brake";
import { foreignWrite } from "@headroom/decisions/capacity";
import type { Fleet } from "@headroom/decisions/config/fleet";
import { signalKey } from "@headroom/decisions/config/signals";
import { present } from "@headroom/decisions/contexts";
import { decide } from "@headroom/decisions/decide";
import { recentActions } from "@headroom/decisions/memory";
import {
  type Action,
  type CapacityAnswer,
  type DecideInput,
  type Lease,
  type Memory,
  nothingRemembered,
  type SignalAnswer,
  type TickRecord,
} from "@headroom/decisions/model";
import { caughtUp } from "./catch-up.ts";
import { resolve, settleDead } from "./claims.ts";
import { type FleetTarget, type Observed, observe, signalsFor } from "./observe.ts";
import { memoryFor } from "./record.ts";
import type { Shard } from "./shards.ts";
import type { ShardMemory, TargetRow, World } from "./world.ts";

/** What a tick made of one target: a decision, or nothing because another tick is acting on it. */
export type Looked =
  | { is: "decided"; id: string; target: FleetTarget; record: TickRecord }
  | { is: "busy"; id: string };

/** By target that alarms woke: starts of the periods that they named. */
export type Woken = ReadonlyMap<string, readonly number[]>;

/** The tick that looks: its instant, the seconds between ticks, and what woke it besides the schedule. */
export type Due = { at: number; tick: number; woken: Woken };

/** Looks at every target of a shard and decides about each; when the whole would shrink too much, once more with the brake. */
export async function lookAtShard(
  world: World,
  fleet: Fleet,
  shard: Shard,
  remembered: ShardMemory | undefined,
  due: Due,
): Promise<{ looked: Looked[]; leases: Lease[] }> {
  const { targets } = shard;
  const observed = await observe(world, shard);
  // After the capacities: whose change is seen in them has claimed it before, and is known by its row.
  const rows = await world.stores.targets.load(targets.map(({ id }) => id));
  const looked = await Promise.all(
    targets.map(async (target) => {
      const row = rows.get(target.id);
      const known = memoryFor(remembered, target.id) ?? nothingRemembered;
      const memory = await caughtUp(world, target.id, { row, memory: known });
      return lookAt(world, { fleet: fleet.name, target, row, memory, observed, due });
    }),
  );
  return { looked: braked(fleet, looked, due.at), leases: observed.leases };
}

/** Decides once more, and holds, where the pass as a whole would shrink the fleet too much. */
function braked(fleet: Fleet, looked: Looked[], at: number): Looked[] {
  const records = looked.flatMap((each) => (each.is === "decided" ? [each.record] : []));
  const brake = brakeFor(records, fleet.brake, at);
  if (brake === undefined) return looked;
  return looked.map((each) => {
    if (each.is !== "decided" || !isLowering(each.record)) return each;
    const { input } = each.record;
    return { ...each, record: decide({ ...input, facts: { ...input.facts, brake } }) };
  });
}

/** What is known of one target when it is its turn. */
export type Look = {
  fleet: string;
  target: FleetTarget;
  row: TargetRow | undefined;
  memory: Memory;
  observed: Observed;
  due: Due;
};

async function lookAt(world: World, look: Look): Promise<Looked> {
  const { target } = look;
  const ours = await ourActions(world, look, capacityFor(look));
  if (ours === undefined) return { is: "busy", id: target.id };
  return { is: "decided", id: target.id, target, record: decide(inputFor(world, look, ours)) };
}

/** What was answered for the capacity of the target. */
export function capacityFor({ target, observed }: Look): CapacityAnswer {
  return observed.capacities.get(target.id) ?? { is: "failed", why: "there was no answer" };
}

/** Everything that the decision about the target depends on; `ours` are our past changes of it. */
export function inputFor(world: World, look: Look, ours: readonly Action[]): DecideInput {
  const { id, config } = look.target;
  const { simulation, ...settings } = config;
  const capacity = capacityFor(look);
  const { at, tick, woken } = look.due;
  return {
    ...{ target: id, at, tick, named: [...(woken.get(id) ?? [])], now: world.clock.now(), settings, capacity },
    answers: answersFor(look),
    memory: { ...look.memory, actions: allActions(look, ours, capacity) },
    leases: look.observed.leases.filter(({ target }) => target === id || target === "*"),
    // Drills, releases and replicas have no source yet: what is not known is absent, and absent is not false.
    facts: {},
  };
}

/** Our past changes, after resolving a claim whose holder died; undefined when another tick has the target in hand. */
async function ourActions(world: World, look: Look, capacity: CapacityAnswer): Promise<Action[] | undefined> {
  const { row } = look;
  if (row === undefined) return [];
  if (row.at >= look.due.at) return undefined;
  if (row.claim === null) return row.actions;
  if (row.claim.until > world.clock.now()) return undefined;
  const resolution = resolve(row, row.claim, capacity);
  if (resolution === undefined) return row.actions; // the capacity could not be read: this look will hold, and say so
  return (await settleDead(world, { fleet: look.fleet, target: row.target }, resolution))
    ? resolution.actions
    : undefined;
}

/** Changes by anybody that still matter, the one noticed just now included. A tick notices before it acts. */
function allActions(look: Look, ours: readonly Action[], capacity: CapacityAnswer): Action[] {
  const known = [...look.memory.actions, ...ours].sort((a, b) => a.at - b.at);
  const seen = { ring: look.memory.ring, actions: known };
  const set = capacity.is === "capacity" ? present(capacity, look.target.config.mode) : undefined;
  const foreign = set === undefined ? undefined : foreignWrite(seen, set, look.due.at);
  return recentActions(foreign === undefined ? known : [...known, foreign], look.target.config, look.due.at);
}

function answersFor({ target, observed }: Look): Record<string, SignalAnswer> {
  const answers: Record<string, SignalAnswer> = {};
  for (const key of signalsFor(target.config).map(signalKey)) {
    answers[key] = observed.answers.get(key) ?? { is: "failed", why: "there was no answer" };
  }
  return answers;
}

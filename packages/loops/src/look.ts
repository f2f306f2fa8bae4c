import { foreignWrite } from "@headroom/decisions/capacity";
import type { Fleet } from "@headroom/decisions/config/fleet";
import { signalKey } from "@headroom/decisions/config/signals";
import { decide } from "@headroom/decisions/decide";
import { recentActions } from "@headroom/decisions/memory";
import {
  type Action,
  type CapacityAnswer,
  type DecideInput,
  type Memory,
  nothingRemembered,
  type SignalAnswer,
  type TickRecord,
} from "@headroom/decisions/model";
import { resolve, settleDead } from "./claims.ts";
import { type FleetTarget, type Observed, observe, signalsFor } from "./observe.ts";
import { memoryFor } from "./record.ts";
import type { ShardMemory, TargetRow, World } from "./world.ts";

/** What a tick made of one target: a decision, or nothing because another tick is acting on it. */
export type Looked =
  | { is: "decided"; id: string; target: FleetTarget; record: TickRecord }
  | { is: "busy"; id: string };

type Due = { at: number; tick: number };

/** Looks at every target of a shard and decides about each. */
export async function lookAtShard(
  world: World,
  fleet: Fleet,
  remembered: ShardMemory | undefined,
  due: Due,
): Promise<Looked[]> {
  const targets = Object.entries(fleet.targets).map(([id, config]): FleetTarget => ({ id, config }));
  const [rows, observed] = await Promise.all([
    world.stores.targets.load(targets.map(({ id }) => id)),
    observe(world, targets),
  ]);
  return Promise.all(
    targets.map((target) => {
      const memory = memoryFor(remembered, target.id) ?? nothingRemembered;
      return lookAt(world, { target, row: rows.get(target.id), memory, observed, due });
    }),
  );
}

/** What is known of one target when it is its turn. */
export type Look = {
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
  return {
    ...{ target: id, ...look.due, now: world.clock.now(), settings, capacity },
    answers: answersFor(look),
    memory: { ...look.memory, actions: allActions(look, ours, capacity) },
    leases: look.observed.leases.filter(({ target }) => target === id || target === "*"),
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
  return (await settleDead(world, row.target, resolution)) ? resolution.actions : undefined;
}

/** Changes by anybody that still matter, the one noticed just now included. A tick notices before it acts. */
function allActions(look: Look, ours: readonly Action[], capacity: CapacityAnswer): Action[] {
  const known = [...look.memory.actions, ...ours].sort((a, b) => a.at - b.at);
  const seen = { ring: look.memory.ring, actions: known };
  const foreign = capacity.is === "capacity" ? foreignWrite(seen, capacity.desired, look.due.at) : undefined;
  return recentActions(foreign === undefined ? known : [...known, foreign], look.target.config, look.due.at);
}

function answersFor({ target, observed }: Look): Record<string, SignalAnswer> {
  const answers: Record<string, SignalAnswer> = {};
  for (const key of signalsFor(target.config).map(signalKey)) {
    answers[key] = observed.answers.get(key) ?? { is: "failed", why: "there was no answer" };
  }
  return answers;
}

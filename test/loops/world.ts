import { type Fleet, type FleetInput, fleet } from "@headroom/decisions/config/fleet";
import { signalKey } from "@headroom/decisions/config/signals";
import type { CapacityAnswer, SignalAnswer } from "@headroom/decisions/model";
import { type TickResult, tick } from "@headroom/loops/tick";
import type { DeadLetter, OutgoingEvent, ShardMessage, StoredRecord, World } from "@headroom/loops/world";
import { memoryStores } from "@headroom/twin/stores";
import { MINUTE, metric, NOON, nameOf, tracking } from "../builders/decisions.ts";

// A World that is as simple as can be: units obey at once, and every metric has the value that the test says.

export type Port =
  | "capacities.read"
  | "capacities.set"
  | "capacities.setMinimum"
  | "signals.read"
  | "targets.load"
  | "targets.claim"
  | "targets.settle"
  | "shards.load"
  | "shards.save"
  | "records.append"
  | "records.list"
  | "leases.list"
  | "queues.sendShards"
  | "queues.bury"
  | "publish";

/** What happens around a call: it may come late, fail before or after its effect, or never return. */
export type Around = <T>(port: Port, call: () => Promise<T>) => Promise<T>;

/** The same World with something around each call of it. */
export function surrounded({ clock, capacities, signals, stores, queues, publish }: World, around: Around): World {
  const { targets, shards, records, leases } = stores;
  return {
    clock,
    capacities: {
      read: (asked) => around("capacities.read", () => capacities.read(asked)),
      set: (target, units) => around("capacities.set", () => capacities.set(target, units)),
      setMinimum: (target, units, fallback) =>
        around("capacities.setMinimum", () => capacities.setMinimum(target, units, fallback)),
    },
    signals: { read: (asked, since, place) => around("signals.read", () => signals.read(asked, since, place)) },
    stores: {
      targets: {
        load: (ids) => around("targets.load", () => targets.load(ids)),
        claim: (id, claim) => around("targets.claim", () => targets.claim(id, claim)),
        settle: (id, at, actions) => around("targets.settle", () => targets.settle(id, at, actions)),
      },
      shards: {
        load: (shard) => around("shards.load", () => shards.load(shard)),
        save: (shard, memory) => around("shards.save", () => shards.save(shard, memory)),
      },
      records: {
        append: (given) => around("records.append", () => records.append(given)),
        list: (id, range) => around("records.list", () => records.list(id, range)),
      },
      leases: { ...leases, list: (now) => around("leases.list", () => leases.list(now)) },
    },
    queues: {
      sendShards: (messages) => around("queues.sendShards", () => queues.sendShards(messages)),
      bury: (letters) => around("queues.bury", () => queues.bury(letters)),
    },
    publish: (events) => around("publish", () => publish(events)),
  };
}

/** The shard of a fleet that names no account and no Region. */
export const SHARD = "here/here#0";

export type TargetInput = FleetInput["targets"][string];

/** A target that follows the metric of its name, in total and 10 a unit, at once and without tolerance. */
export function following(id: string, changes: Partial<TargetInput> = {}): TargetInput {
  return {
    resource: { kind: "ecs-service", cluster: "shop", service: id },
    mode: "control",
    min: 1,
    max: 100,
    warmUp: "0s",
    stabilisation: { in: "0s" },
    policies: [tracking({ signals: [metric(id)] })],
    ...changes,
  };
}

/** The instant of the tick so many minutes after noon. */
export function minute(count: number): number {
  return NOON + count * MINUTE;
}

/** An account with some targets that have 10 units each and load for as many, and its World. */
export function createAccount(
  targets: Record<string, TargetInput> = { web: following("web") },
  brake: FleetInput["brake"] = {},
) {
  const config: Fleet = fleet.decode({ name: "shop", brake, targets });
  const ids = Object.keys(targets);
  let now = NOON;
  const units = new Map(ids.map((id) => [id, 10]));
  const load = new Map(ids.map((id) => [id, 100]));
  const unreadable = new Set<string>();
  /** Calls that changed a capacity, in their order. */
  const changes: { id: string; from: number; to: number }[] = [];
  const published: OutgoingEvent[] = [];
  const minimums = new Map<string, { minimum: number; fallback: { to: number; at: number } | null }>();
  const sent: ShardMessage[] = [];
  const buried: DeadLetter[] = [];
  const stores = memoryStores();

  function capacityOf(id: string): CapacityAnswer {
    if (unreadable.has(id)) return { is: "failed", why: `${id} cannot be read` };
    const each = account.behind ?? units.get(id) ?? 0;
    const { minimum } = minimums.get(id) ?? { minimum: 0 };
    return { is: "capacity", at: now, desired: each, running: each, ready: each, minimum };
  }

  function lastMinuteOf(name: string): SignalAnswer {
    const value = load.get(name);
    const at = Math.floor(now / MINUTE) * MINUTE - MINUTE;
    return { is: "series", period: MINUTE, points: value === undefined ? [] : [{ at, value }] };
  }

  const world: World = {
    clock: { now: () => now },
    capacities: {
      async read(asked) {
        return new Map(asked.map(({ id }) => [id, capacityOf(id)]));
      },
      async set({ id }, to) {
        const from = units.get(id) ?? 0;
        if (from !== to) changes.push({ id, from, to });
        units.set(id, to);
      },
      async setMinimum({ id }, minimum, fallback) {
        minimums.set(id, { minimum, fallback });
        units.set(id, Math.max(minimum, units.get(id) ?? 0));
      },
    },
    signals: {
      async read(asked) {
        return new Map(
          asked.map((signal) => [
            signalKey(signal),
            signal.source === "queue" ? { is: "failed", why: "no queues here" } : lastMinuteOf(nameOf(signal)),
          ]),
        );
      },
    },
    stores,
    queues: {
      async sendShards(messages) {
        sent.push(...messages);
      },
      async bury(letters) {
        buried.push(...letters);
      },
    },
    async publish(events) {
      published.push(...events);
    },
  };

  const account = {
    /** What reads show in place of the truth, while they are behind it. */
    behind: undefined as number | undefined,
    ...{ world, fleet: config, stores, units, minimums, load, unreadable, changes, published, sent, buried },
    clock: {
      set(instant: number): void {
        now = instant;
      },
      pass(seconds: number): void {
        now += seconds;
      },
    },
    /** The tick of a minute, two seconds after it was due. */
    async tick(count: number, around?: Around): Promise<TickResult> {
      now = minute(count) + 2;
      return tick(around === undefined ? world : surrounded(world, around), config, { at: minute(count) });
    },
    /** The ticks from one minute to another. */
    async ticks(from: number, to: number): Promise<void> {
      for (let count = from; count <= to; count += 1) {
        now = minute(count) + 2;
        await tick(world, config, { at: minute(count) });
      }
    },
    async row(id = "web") {
      return (await stores.targets.load([id])).get(id);
    },
    async memory(id = "web") {
      return (await stores.shards.load(SHARD))?.targets[id];
    },
    /** The full record of a tick, if one was kept. */
    async record(count: number, id = "web"): Promise<StoredRecord | undefined> {
      const [found] = await stores.records.list(id, { from: minute(count), to: minute(count), limit: 1 });
      return found;
    },
  };
  return account;
}

export type Account = ReturnType<typeof createAccount>;

/** An account of one target that was looked at twice, and whose load has just grown to 15 units' worth. */
export async function rising(changes: Partial<TargetInput> = {}): Promise<Account> {
  const account = createAccount({ web: following("web", changes) });
  await account.ticks(0, 1);
  account.load.set("web", 150);
  return account;
}

/** Fails the `nth` call of a port with `error`, before its effect or after it. */
export function failing(port: Port, error: Error, { nth = 1, after = false } = {}): Around {
  let calls = 0;
  return async (called, call) => {
    if (called === port) calls += 1;
    if (called !== port || calls !== nth) return call();
    if (after) await call();
    throw error;
  };
}

/** Does something just before the `nth` call of a port. */
export function justBefore(port: Port, what: () => unknown, { nth = 1 } = {}): Around {
  let calls = 0;
  return async (called, call) => {
    if (called === port) calls += 1;
    if (called === port && calls === nth) await what();
    return call();
  };
}

/**
 * A Lambda that dies: from its `nth` call on, or only just after that, nothing of it happens any more and no call of it
 * returns.
 */
export function dying(nth: number, when: "before" | "after") {
  let calls = 0;
  let isDead = false;
  const { promise: died, resolve: die } = Promise.withResolvers<void>();
  const end = (): Promise<never> => {
    isDead = true;
    die();
    return new Promise(() => {});
  };
  const around: Around = async (_, call) => {
    if (isDead) return end();
    calls += 1;
    const isLast = calls === nth;
    if (isLast && when === "before") return end();
    const answer = await call();
    return isLast || isDead ? end() : answer;
  };
  return { around, died };
}

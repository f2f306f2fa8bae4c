import { signalKey } from "@headroom/decisions/config/signals";
import {
  type Addressed,
  type DeadLetter,
  isIdle,
  type OutgoingEvent,
  type RecordStore,
  type ShardMessage,
  type StoredRecord,
  type World,
} from "@headroom/loops/world";
import { createAccount } from "@headroom/twin/account";
import { createCalls } from "@headroom/twin/calls";
import { createClock } from "@headroom/twin/clock";
import { createFaults } from "@headroom/twin/faults";
import { createInvocations } from "@headroom/twin/invocations";
import { createMeter } from "@headroom/twin/meter";
import { stream } from "@headroom/twin/random";
import { memoryStores } from "@headroom/twin/stores";
import { chaosFleet } from "./fleet.ts";
import { createLedger } from "./ledger.ts";

const blind = { is: "failed", why: "ServiceUnavailable (injected)" } as const;

/** Records by target and instant. */
type Kept = Map<string, Map<number, StoredRecord>>;

/** Records as they are, uncopied: copying them would take half of a run's time. The loops change none of them. */
function keeping(kept: Kept): RecordStore {
  return {
    async append(records) {
      for (const record of records) {
        const { target, at } = record.input;
        const ofTarget = kept.get(target) ?? new Map<number, StoredRecord>();
        const before = ofTarget.get(at);
        kept.set(target, ofTarget);
        if (before === undefined || !isIdle(record) || isIdle(before)) ofTarget.set(at, record);
      }
    },
    async list(target, { from, to, limit }) {
      const all = [...(kept.get(target)?.values() ?? [])].filter(({ input: { at } }) => from <= at && at <= to);
      return all.sort((a, b) => b.input.at - a.input.at).slice(0, limit);
    },
  };
}

/** What happens within calls, now and then. */
export type Troubles = {
  /** How long the call takes beyond its latency: its invocation hangs meanwhile. */
  hang(): number;
  /** A target was just claimed: the moment in which somebody else's write is hardest to notice. */
  claimed(target: string): void;
};

/**
 * The twin's account behind its wire, put together from its parts so that a ledger stands where effects happen: before
 * it are latency, faults and deaths, behind it is what is true.
 */
export function createChaosAccount(seed: number, start: number, troubles: Troubles) {
  const targets = Object.entries(chaosFleet.targets).flatMap(([id, { resource, simulation, min, max }]) =>
    simulation === undefined ? [] : [{ id, resource, simulation, bounds: { minimum: min, maximum: max } }],
  );
  const clock = createClock(start);
  const account = createAccount({ targets, clock, seed, meter: createMeter() });
  const faults = createFaults(account.metrics.lose);
  const invocations = createInvocations();
  const call = createCalls({ clock, random: stream(seed, "latency"), faults, invocations });
  const initial = targets.map(
    ({ id, simulation, bounds }) => [id, { capacity: simulation.initial, minimum: bounds.minimum }] as const,
  );
  const ledger = createLedger(clock, new Map(initial));
  const kept: Kept = new Map();
  const raw = memoryStores();
  const stores = ledger.watched({ ...raw, records: keeping(kept) });
  const published: OutgoingEvent[] = [];
  const buried: DeadLetter[] = [];
  const sent: ShardMessage[] = [];

  // The guarantee is about when a call starts: the instant travels with it.
  const set = call("capacities.set", (target: Addressed, capacity: number, started: number) => {
    account.capacities.set(target, capacity);
    ledger.ours(target, "capacity", { to: capacity, started });
  });
  const setMinimum = call(
    "capacities.setMinimum",
    (target: Addressed, minimum: number, fallback: { to: number; at: number }, started: number) => {
      account.capacities.setMinimum(target, minimum, fallback);
      ledger.ours(target, "minimum", { to: minimum, started });
    },
  );

  const world: World = {
    clock,
    capacities: {
      read: call("capacities.read", account.capacities.read, (asked) => new Map(asked.map(({ id }) => [id, blind]))),
      set: (target, capacity) => set(target, capacity, clock.now()),
      setMinimum: (target, minimum, fallback) => setMinimum(target, minimum, fallback, clock.now()),
    },
    signals: {
      read: call(
        "signals.read",
        (asked, since: number) => {
          clock.pass(troubles.hang());
          return account.signals.read(asked, since);
        },
        (asked) => new Map(asked.map((signal) => [signalKey(signal), blind])),
      ),
    },
    stores: {
      targets: {
        load: call("targets.load", (ids) => {
          clock.pass(troubles.hang());
          return stores.targets.load(ids);
        }),
        claim: call("targets.claim", async (id, claim) => {
          await stores.targets.claim(id, claim);
          troubles.claimed(id);
        }),
        settle: call("targets.settle", stores.targets.settle),
      },
      shards: { load: call("shards.load", stores.shards.load), save: call("shards.save", stores.shards.save) },
      records: {
        append: call("records.append", (records) => {
          clock.pass(troubles.hang());
          return stores.records.append(records);
        }),
        list: call("records.list", stores.records.list),
      },
      leases: {
        list: call("leases.list", stores.leases.list),
        put: call("leases.put", stores.leases.put),
        remove: call("leases.remove", stores.leases.remove),
      },
      forecasts: {
        load: call("forecasts.load", stores.forecasts.load),
        save: call("forecasts.save", stores.forecasts.save),
      },
    },
    queues: {
      sendShards: call("queues.sendShards", async (messages) => void sent.push(...messages)),
      bury: call("queues.bury", async (letters) => void buried.push(...letters)),
    },
    publish: call("publish", async (events) => void published.push(...structuredClone([...events]))),
  };

  return { world, clock, account, faults, invocations, ledger, kept, raw, published, buried, sent };
}

export type ChaosAccount = ReturnType<typeof createChaosAccount>;

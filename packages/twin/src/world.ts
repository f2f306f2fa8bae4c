import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Signal, signalKey } from "@headroom/decisions/config/signals";
import type { CapacityAnswer, SignalAnswer } from "@headroom/decisions/model";
import type { Addressed, Stores, World } from "@headroom/loops/world";
import * as z from "zod";
import { createAccount } from "./account.ts";
import { createBus } from "./bus.ts";
import { createCalls } from "./calls.ts";
import { createClock } from "./clock.ts";
import { defaultSimulation } from "./defaults.ts";
import { createDeliveries } from "./deliveries.ts";
import { createFaults } from "./faults.ts";
import { createInvocations } from "./invocations.ts";
import { createMeter, meteredStores } from "./meter.ts";
import type { MetricsOptions } from "./metrics.ts";
import { randomState, stream } from "./random.ts";
import type { SimulatedTarget } from "./resident.ts";
import { memoryStores } from "./stores.ts";
import type { Trace } from "./workloads/trace.ts";

export type TwinOptions = {
  fleet: Fleet;
  /** The same seed gives the same run. */
  seed: number;
  /** The instant at which the clock stands at first. */
  start: number;
  /** By target: recorded load that replaces the simulated traffic. */
  traces?: ReadonlyMap<string, Trace>;
  /** Where state is kept: in memory when not given. */
  stores?: Stores;
  metrics?: Partial<MetricsOptions>;
};

const twinSnapshot = z.strictObject({ at: z.number(), account: z.unknown(), usage: z.unknown(), latency: randomState });

function targetsOf(fleet: Fleet): SimulatedTarget[] {
  return Object.entries(fleet.targets).map(([id, target]) => ({
    id,
    resource: target.resource,
    simulation: target.simulation ?? defaultSimulation(target),
  }));
}

const injected = { is: "failed", why: "ServiceUnavailable (injected)" } as const;

function blindCapacities(targets: readonly Addressed[]): Map<string, CapacityAnswer> {
  return new Map(targets.map(({ id }) => [id, injected]));
}

function blindSignals(signals: readonly Signal[]): Map<string, SignalAnswer> {
  return new Map(signals.map((signal) => [signalKey(signal), injected]));
}

type Call = ReturnType<typeof createCalls>;

function overTheWire(call: Call, stores: Stores): Stores {
  const { targets, shards, records, leases } = stores;
  return {
    targets: {
      load: call("targets.load", targets.load),
      claim: call("targets.claim", targets.claim),
      settle: call("targets.settle", targets.settle),
    },
    shards: { load: call("shards.load", shards.load), save: call("shards.save", shards.save) },
    records: { append: call("records.append", records.append), list: call("records.list", records.list) },
    leases: {
      list: call("leases.list", leases.list),
      put: call("leases.put", leases.put),
      remove: call("leases.remove", leases.remove),
    },
  };
}

/**
 * The simulated AWS account of a fleet, with a World to reach it by, on a virtual clock.
 * @throws Invalid when two targets simulate the same resource or queue
 */
export function createTwin({ fleet, seed, start, traces, stores = memoryStores(), metrics }: TwinOptions) {
  const clock = createClock(start);
  const meter = createMeter();
  const account = createAccount({ targets: targetsOf(fleet), clock, seed, meter, traces, metrics });
  const bus = createBus(clock, meter);
  const faults = createFaults(account.metrics.lose);
  const invocations = createInvocations();
  const latency = stream(seed, "latency");
  const call = createCalls({ clock, random: latency, faults, invocations });

  const world: World = {
    clock,
    capacities: {
      read: call("capacities.read", account.capacities.read, blindCapacities),
      set: call("capacities.set", account.capacities.set),
    },
    signals: { read: call("signals.read", account.signals.read, blindSignals) },
    stores: overTheWire(call, meteredStores(stores, meter)),
    publish: call("publish", bus.put),
  };

  /** Runs `run` as one invocation of a Lambda: World calls take time in it, and a crash ends it. Never rejects. */
  function invoke<T>(run: () => Promise<T>) {
    meter.count("lambdaInvocations");
    return invocations.invoke(run);
  }

  return {
    world,
    clock,
    account,
    meter,
    faults,
    invoke,
    /** Events that were put on the bus, oldest first; only the newest are kept. */
    published: bus.published,
    deliveries: createDeliveries({ clock, seed, meter, invoke }),
    /** What the simulated account and the meter need to go on from here, as plain JSON. Stores keep their own. */
    snapshot: () => ({
      at: clock.now(),
      account: account.snapshot(),
      usage: meter.used(),
      latency: latency.snapshot(),
    }),
    /**
     * Goes on from a snapshot of a twin that had the same seed. Time that has passed since is lived through.
     * @throws ZodError when it is none
     */
    restore(snapshot: unknown): void {
      const state = twinSnapshot.parse(snapshot);
      account.restore(state.account);
      meter.restore(state.usage);
      latency.restore(state.latency);
      clock.pass(state.at - clock.now());
    },
  };
}

export type Twin = ReturnType<typeof createTwin>;

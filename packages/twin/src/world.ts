import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Signal, signalKey } from "@headroom/decisions/config/signals";
import type { CapacityAnswer, SignalAnswer } from "@headroom/decisions/model";
import type { Addressed, Stores, World } from "@headroom/loops/world";
import * as z from "zod";
import { createAccount } from "./account.ts";
import { createAlarms } from "./alarms.ts";
import { createBus } from "./bus.ts";
import { createCalls } from "./calls.ts";
import { createClock } from "./clock.ts";
import { type ControlQueueOptions, createControlQueues } from "./control-queues.ts";
import { defaultSimulation } from "./defaults.ts";
import { createDeliveries, type DeliveryOptions } from "./deliveries.ts";
import { createFaults } from "./faults.ts";
import { historiesOf } from "./histories.ts";
import { createInvocations } from "./invocations.ts";
import { createMeter, meteredInvoke, meteredStores } from "./meter.ts";
import type { MetricsOptions } from "./metrics.ts";
import { randomState, stream } from "./random.ts";
import type { SimulatedTarget } from "./resident.ts";
import { memoryStores } from "./stores.ts";
import type { Throttles } from "./throttles.ts";
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
  /** How late, how often and in what order events come. */
  deliveries?: Partial<DeliveryOptions>;
  /** How the control plane's own queues are set up. */
  queues?: ControlQueueOptions;
  /** AWS's token buckets, where they are to be other than usual. */
  throttles?: Throttles;
  /** How often a day somebody else sets each capacity. */
  foreignWritesPerDay?: number;
};

const twinSnapshot = z.strictObject({
  version: z.literal(2),
  at: z.number(),
  account: z.unknown(),
  usage: z.unknown(),
  latency: randomState,
  queues: z.unknown(),
  alarms: z.unknown(),
});

function targetsOf(fleet: Fleet): SimulatedTarget[] {
  return Object.entries(fleet.targets).map(([id, target]) => ({
    id,
    resource: target.resource,
    simulation: target.simulation ?? defaultSimulation(target),
    bounds: { minimum: target.min, maximum: target.max },
    histories: historiesOf(target),
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
  const { targets, shards, records, leases, forecasts } = stores;
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
    forecasts: { load: call("forecasts.load", forecasts.load), save: call("forecasts.save", forecasts.save) },
  };
}

/**
 * The simulated AWS account of a fleet, with a World to reach it by, on a virtual clock.
 * @throws Invalid when two targets simulate the same resource or queue
 */
export function createTwin(options: TwinOptions) {
  const { fleet, seed, start, stores = memoryStores(), traces, metrics, throttles, foreignWritesPerDay } = options;
  const clock = createClock(start);
  const meter = createMeter();
  const settings = { traces, metrics, throttles, foreignWritesPerDay };
  const account = createAccount({ targets: targetsOf(fleet), clock, seed, meter, ...settings });
  const bus = createBus(clock, meter, (event) => deliveries.onEvent(event));
  const faults = createFaults(account.metrics.lose);
  const invocations = createInvocations();
  const invoke = meteredInvoke(invocations.invoke, clock, meter);
  const queues = createControlQueues({ clock, seed, meter, invoke, options: options.queues });
  const alarms = createAlarms({
    ...{ fleet, seed, clock, meter, look: account.look },
    send: (body) => queues.alarms.send([body]),
    duplicates: options.deliveries?.duplicates ?? 0.01,
  });
  const deliveries = createDeliveries({ clock, seed, meter, invoke, alarms, queues, options: options.deliveries });
  const latency = stream(seed, "latency");
  const call = createCalls({ clock, random: latency, faults, invocations });

  const world: World = {
    clock,
    capacities: {
      read: call("capacities.read", account.capacities.read, blindCapacities),
      set: call("capacities.set", account.capacities.set),
      setMinimum: call("capacities.setMinimum", account.capacities.setMinimum),
    },
    signals: { read: call("signals.read", account.signals.read, blindSignals) },
    stores: overTheWire(call, meteredStores(stores, meter)),
    queues: {
      sendShards: call("queues.sendShards", queues.sendShards),
      bury: call("queues.bury", queues.bury),
    },
    publish: call("publish", bus.put),
  };

  return {
    world,
    clock,
    account,
    meter,
    faults,
    /** Runs `run` as one invocation of a Lambda: World calls take time in it, and a crash ends it. Never rejects. */
    invoke,
    /** By target that asks for one: in which state its alarm is. */
    alarms: alarms.states,
    /** Events that were put on the bus, oldest first; only the newest are kept. */
    published: bus.published,
    /** What could not be done, oldest first. */
    deadLetters: queues.deadLetters,
    deliveries,
    /** What the simulated account and the meter need to go on from here, as plain JSON. Stores keep their own. */
    snapshot: () => ({
      version: 2,
      at: clock.now(),
      account: account.snapshot(),
      usage: meter.used(),
      latency: latency.snapshot(),
      queues: queues.snapshot(),
      alarms: alarms.snapshot(),
    }),
    /**
     * Goes on from a snapshot of a twin that had the same seed. Time that has passed since is lived through.
     * @throws ZodError when it is none
     */
    restore(snapshot: unknown): void {
      const state = twinSnapshot.parse(snapshot);
      account.restore(state.account, state.at);
      meter.restore(state.usage);
      latency.restore(state.latency);
      queues.restore(state.queues);
      alarms.restore(state.alarms);
      clock.pass(state.at - clock.now());
    },
  };
}

export type Twin = ReturnType<typeof createTwin>;

import type { Clock, Stores } from "@headroom/loops/world";
import * as z from "zod";
import type { Ended } from "./invocations.ts";

const count = z.number().nonnegative();

/** What the control plane used of AWS. */
export const usage = z.strictObject({
  /** GetMetricData is billed per metric, not per call. */
  metricsRead: count,
  metricDataCalls: count,
  sqsRequests: count,
  /** Describe and update calls on capacities, one a target: free, but throttled. */
  capacityReads: count,
  capacityWrites: count,
  /** Read and write request units: 4 KB strongly consistent, and 1 KB. */
  dynamoReads: count,
  dynamoWrites: count,
  eventsPublished: count,
  lambdaInvocations: count,
  /** How long invocations took, each rounded up. */
  lambdaMilliseconds: count,
  /** Minutes of alarms that were there. */
  alarmMinutes: count,
  schedulerInvocations: count,
});
export type Usage = z.infer<typeof usage>;
export type Billable = keyof Usage;

const nothingUsed: Usage = {
  metricsRead: 0,
  metricDataCalls: 0,
  sqsRequests: 0,
  capacityReads: 0,
  capacityWrites: 0,
  dynamoReads: 0,
  dynamoWrites: 0,
  eventsPublished: 0,
  lambdaInvocations: 0,
  lambdaMilliseconds: 0,
  alarmMinutes: 0,
  schedulerInvocations: 0,
};

export type Meter = {
  count(what: Billable, units?: number): void;
  used(): Usage;
  /** @throws ZodError when `snapshot` is not what `used` gave */
  restore(snapshot: unknown): void;
};

export function createMeter(): Meter {
  let counts = { ...nothingUsed };
  return {
    count(what, units = 1) {
      counts[what] += units;
    },
    used: () => ({ ...counts }),
    restore(snapshot) {
      counts = usage.parse(snapshot);
    },
  };
}

/** Assumption: what an invocation computes besides waiting for its calls (research/performance.md measured 5 to 60). */
const COMPUTING_MILLISECONDS = 30;

/**
 * The same way to invoke a Lambda, with its time counted: what its calls take on the virtual clock, and its computing.
 * Invocations at once wait for one another on that clock, so of those it counts too much rather than too little.
 */
export function meteredInvoke(
  invoke: <T>(run: () => Promise<T>) => Promise<Ended<T>>,
  clock: Clock,
  meter: Meter,
): <T>(run: () => Promise<T>) => Promise<Ended<T>> {
  return async (run) => {
    meter.count("lambdaInvocations");
    const began = clock.now();
    const ended = await invoke(run);
    meter.count("lambdaMilliseconds", Math.ceil((clock.now() - began) * 1000) + COMPUTING_MILLISECONDS);
    return ended;
  };
}

const READ_UNIT = 4096;
const WRITE_UNIT = 1024;

/** Bytes of an item, near enough: DynamoDB counts attribute names and values much as JSON does. */
function bytes(item: unknown): number {
  return item === undefined ? 0 : Buffer.byteLength(JSON.stringify(item));
}

const unitsOf = (size: number, unit: number) => Math.max(1, Math.ceil(size / unit));

/** The same stores, each access counted in request units. An item that is not there costs a unit too; so does a refusal. */
export function meteredStores(stores: Stores, meter: Meter): Stores {
  const read = (item: unknown) => meter.count("dynamoReads", unitsOf(bytes(item), READ_UNIT));
  const wrote = (item: unknown) => meter.count("dynamoWrites", unitsOf(bytes(item), WRITE_UNIT));
  return {
    targets: {
      async load(targets) {
        const rows = await stores.targets.load(targets);
        for (const target of targets) read(rows.get(target));
        return rows;
      },
      claim(target, claim) {
        wrote({ target, claim });
        return stores.targets.claim(target, claim);
      },
      settle(target, at, actions) {
        wrote({ target, at, actions });
        return stores.targets.settle(target, at, actions);
      },
    },
    shards: {
      async load(shard) {
        const memory = await stores.shards.load(shard);
        read(memory);
        return memory;
      },
      save(shard, memory) {
        wrote(memory);
        return stores.shards.save(shard, memory);
      },
    },
    records: {
      append(records) {
        for (const record of records) wrote(record);
        return stores.records.append(records);
      },
      async list(target, range) {
        const records = await stores.records.list(target, range);
        read(records);
        return records;
      },
    },
    leases: {
      async list(now) {
        const leases = await stores.leases.list(now);
        read(leases);
        return leases;
      },
      put(lease) {
        wrote(lease);
        return stores.leases.put(lease);
      },
      remove(target, kind) {
        wrote({ target, kind });
        return stores.leases.remove(target, kind);
      },
    },
    forecasts: {
      async load(targets) {
        const found = await stores.forecasts.load(targets);
        for (const target of targets) read(found.get(target));
        return found;
      },
      save(target, madeAt, forecasts) {
        wrote({ target, madeAt, forecasts });
        return stores.forecasts.save(target, madeAt, forecasts);
      },
    },
  };
}

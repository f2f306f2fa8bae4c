import { Conflict, NotFound } from "@headroom/decisions/errors";
import type { Lease, Memory } from "@headroom/decisions/model";
import type { KeptForecasts } from "@headroom/loops/forecasts/kept";
import {
  type ForecastStore,
  isIdle,
  type LeaseStore,
  type RecordStore,
  type ShardMemory,
  type ShardStore,
  type StoredRecord,
  type Stores,
  type TargetRow,
  type TargetStore,
} from "@headroom/loops/world";

// What is kept is copied on its way in and out, so that nobody shares an object with the store. Memories are copied by
// hand: the generic copy takes fifteen times as long, and an accelerated run makes two a tick of everything there is.

function copyOfRow({ target, at, claim, actions }: TargetRow): TargetRow {
  return { target, at, claim: claim && { ...claim }, actions: actions.map((action) => ({ ...action })) };
}

function copyOfMemory({ ring, actions, drainBy, boosts, recorded, ...rest }: Memory): Memory {
  return {
    ...rest,
    interlocks: { ...rest.interlocks },
    told: { ...rest.told },
    standings: structuredClone(rest.standings),
    raisedMax: rest.raisedMax && { ...rest.raisedMax },
    usage: rest.usage.map((used) => ({ ...used })),
    boosts: structuredClone(boosts),
    ring: ring.map((moment) => ({ ...moment })),
    actions: actions.map((action) => ({ ...action })),
    drainBy: { ...drainBy },
    recorded: recorded && { ...recorded },
  };
}

function copyOfShard({ at, targets, leases }: ShardMemory): ShardMemory {
  const copies = Object.entries(targets).map(([id, memory]) => [id, copyOfMemory(memory)]);
  return { at, targets: Object.fromEntries(copies), leases: leases.map((lease) => ({ ...lease })) };
}

function targetStore(): TargetStore {
  const rows = new Map<string, TargetRow>();
  return {
    async load(targets) {
      const found = targets.map((target) => rows.get(target)).filter((row) => row !== undefined);
      return new Map(found.map((row) => [row.target, copyOfRow(row)]));
    },
    async claim(target, claim) {
      const row = rows.get(target);
      if (row !== undefined && (row.at >= claim.at || row.claim !== null)) {
        throw new Conflict(`claiming ${target} at ${claim.at}: tick ${row.at} was first`);
      }
      rows.set(target, { target, at: claim.at, claim: { ...claim }, actions: row?.actions ?? [] });
    },
    async settle(target, at, actions) {
      const row = rows.get(target);
      if (row?.claim?.at !== at) throw new Conflict(`settling ${target} at ${at}: that claim is not open`);
      rows.set(target, copyOfRow({ ...row, claim: null, actions: [...actions] }));
    },
  };
}

function shardStore(): ShardStore {
  const memories = new Map<string, ShardMemory>();
  return {
    async load(shard) {
      const memory = memories.get(shard);
      return memory && copyOfShard(memory);
    },
    async save(shard, memory) {
      const kept = memories.get(shard);
      if (kept !== undefined && kept.at >= memory.at) {
        throw new Conflict(`saving shard ${shard} at ${memory.at}: tick ${kept.at} was first`);
      }
      memories.set(shard, copyOfShard(memory));
    },
  };
}

function recordStore(keep: number): RecordStore {
  const byTarget = new Map<string, Map<number, StoredRecord>>();
  return {
    async append(records) {
      for (const record of records) {
        const { target, at } = record.input;
        const ofTarget = byTarget.get(target) ?? new Map<number, StoredRecord>();
        const before = ofTarget.get(at);
        if (before !== undefined && isIdle(record) && !isIdle(before)) continue;
        byTarget.set(target, ofTarget.set(at, structuredClone(record)));
        if (ofTarget.size > keep) ofTarget.delete(Math.min(...ofTarget.keys()));
      }
    },
    async list(target, { from, to, limit }) {
      const within = [...(byTarget.get(target) ?? [])].filter(([at]) => from <= at && at <= to);
      const newest = within.sort(([a], [b]) => b - a).slice(0, Math.max(0, limit));
      return newest.map(([, record]) => structuredClone(record));
    },
  };
}

function leaseStore(): LeaseStore {
  const leases = new Map<string, Lease>();
  const keyOf = (target: string, kind: Lease["kind"]) => `${target}#${kind}`;
  return {
    async list(now) {
      const sorted = [...leases].sort(([a], [b]) => (a < b ? -1 : 1));
      return sorted.filter(([, { until }]) => until > now).map(([, lease]) => ({ ...lease }));
    },
    async put(lease) {
      leases.set(keyOf(lease.target, lease.kind), { ...lease });
    },
    async remove(target, kind) {
      if (!leases.delete(keyOf(target, kind))) throw new NotFound(`There is no ${kind} on ${target}`);
    },
  };
}

function forecastStore(): ForecastStore {
  const kept = new Map<string, { madeAt: number; forecasts: KeptForecasts }>();
  return {
    async load(targets) {
      const found = targets.flatMap((target) => {
        const each = kept.get(target);
        return each === undefined ? [] : [[target, structuredClone(each.forecasts)] as const];
      });
      return new Map(found);
    },
    async save(target, madeAt, forecasts) {
      const before = kept.get(target);
      if (before !== undefined && before.madeAt >= madeAt) {
        throw new Conflict(`keeping the forecasts of ${target} of ${madeAt}: those of ${before.madeAt} are newer`);
      }
      kept.set(target, { madeAt, forecasts: structuredClone(forecasts) });
    },
  };
}

/**
 * Stores that live as long as the process: for accelerated runs and tests. Nothing in them ever expires by itself.
 * @param options.keep how many records of each target are kept, the newest; so that a run of months fits into memory
 */
export function memoryStores({ keep = Number.POSITIVE_INFINITY }: { keep?: number } = {}): Stores {
  return {
    targets: targetStore(),
    shards: shardStore(),
    records: recordStore(keep),
    leases: leaseStore(),
    forecasts: forecastStore(),
  };
}

import type { Place } from "@headroom/decisions/config/place";
import type { Resource } from "@headroom/decisions/config/resources";
import type { Signal } from "@headroom/decisions/config/signals";
import type { Action, CapacityAnswer, Lease, Memory, SignalAnswer } from "@headroom/decisions/model";
import type { Outcome, StoredRecord } from "@headroom/decisions/record";
import type { KeptForecasts } from "./forecasts/kept.ts";

export type { Outcome, StoredRecord };

// Every port to the outside, as one type. The twin and AWS implement it and pass the same contract. Reads and writes
// take many at once. An answer that could not be had is a value (`failed` with why) where others in the same call may
// have succeeded; a call that failed as a whole throws one of the errors in `@headroom/decisions/errors`.

/** A target as the World addresses it; without a place it is where Headroom itself runs. */
export type Addressed = { id: string; resource: Resource; place?: Place };

/** Seconds since the epoch, now. */
export type Clock = { now(): number };

export type Capacities = {
  /** The capacity of each target, by its id: one answer for every target asked for. */
  read(targets: readonly Addressed[]): Promise<Map<string, CapacityAnswer>>;
  /**
   * Sets the desired capacity of one target, in units. Setting what is already set changes nothing. Each call that
   * changes something is tried once, here and in `setMinimum`: the claim for it may have ended before another try.
   * @throws NotFound, Conflict, Throttled, Denied, Invalid
   */
  set(target: Addressed, capacity: number): Promise<void>;
  /**
   * Moves the resource's own minimum, in units, and has AWS move it back to `fallback.to` at `fallback.at` by itself, so
   * that it falls back even if Headroom is gone. A later call replaces the earlier fallback.
   * @throws NotFound, Conflict, Throttled, Denied, Invalid for kinds that have no minimum
   */
  setMinimum(target: Addressed, minimum: number, fallback: { to: number; at: number }): Promise<void>;
};

export type Signals = {
  /**
   * One answer for each signal, by `signalKey`: for metrics the periods that started at or after `since` and had begun
   * by now, the newest one included even though it is still filling; for queues their attributes now. All are in one
   * place: where Headroom itself runs, if none is given.
   */
  read(signals: readonly Signal[], since: number, place?: Place): Promise<Map<string, SignalAnswer>>;
};

/** An announced change: who announced it must finish before `until`; nobody else may start before it. */
export type Claim = { at: number; sets: "capacity" | "minimum"; from: number; to: number; until: number };

/** What is stored of one target: the newest tick that claimed it, its claim while it lasts, and our past changes. */
export type TargetRow = { target: string; at: number; claim: Claim | null; actions: Action[] };

/** Rows of targets. Correctness rests on these single-item conditional writes. */
export type TargetStore = {
  /** The rows that exist, by target id, strongly consistent. */
  load(targets: readonly string[]): Promise<Map<string, TargetRow>>;
  /**
   * Claims the target for the tick `claim.at`, keeping its past changes: succeeds only if no tick with the same or a
   * newer `at` ever claimed it and no claim is open.
   * @throws Conflict when that is not so
   */
  claim(target: string, claim: Claim): Promise<void>;
  /**
   * Ends the claim of tick `at` and replaces the target's past changes by `actions`.
   * @throws Conflict when the open claim is another one, or there is none
   */
  settle(target: string, at: number, actions: readonly Action[]): Promise<void>;
};

/** What one shard remembers of each of its targets between ticks. `actions` are only the foreign ones here. */
export type ShardMemory = {
  at: number;
  targets: Record<string, Memory>;
  /** Leases that concerned it: one that is missing later has ended. */
  leases: Lease[];
};

export type ShardStore = {
  /** What the newest tick of this shard remembered, or undefined before the first; strongly consistent. */
  load(shard: string): Promise<ShardMemory | undefined>;
  /**
   * Replaces it by a newer one.
   * @throws Conflict when a tick with the same or a newer `at` has written already; Invalid when it is too large to keep
   */
  save(shard: string, memory: ShardMemory): Promise<void>;
};

/** Whether nothing was done about a record. */
export function isIdle({ outcome }: StoredRecord): boolean {
  return outcome.is === "none" || outcome.is === "waiting";
}

/** Seconds that records are kept. AWS deletes them late: who lists them asks for no older ones. */
export const RECORDS_KEPT_SECONDS = 90 * 86_400;

export type RecordStore = {
  /**
   * Keeps records; one with the same target and `at` (to the millisecond) replaces its predecessor. Only one about which
   * nothing was done does not replace one about which something was: of two deliveries of a tick, the other one acted.
   * They expire after 90 days.
   * @throws Invalid when one is too large, or holds what JSON cannot carry; then none may be kept
   */
  append(records: readonly StoredRecord[]): Promise<void>;
  /** Records of one target with `from <= at <= to`, newest first, at most `limit`. */
  list(target: string, range: { from: number; to: number; limit: number }): Promise<StoredRecord[]>;
};

export type LeaseStore = {
  /** Every lease that has not ended at `now`, whatever its target, ordered by target and kind. */
  list(now: number): Promise<Lease[]>;
  /** Grants a lease; one of the same kind on the same target is replaced. */
  put(lease: Lease): Promise<void>;
  /** Takes a lease back. @throws NotFound when there is none */
  remove(target: string, kind: Lease["kind"]): Promise<void>;
};

export type ForecastStore = {
  /** What is kept of each target's forecasts, by target id. */
  load(targets: readonly string[]): Promise<Map<string, KeptForecasts>>;
  /**
   * Keeps the forecasts of a target that were made at `madeAt`, in place of the earlier ones.
   * @throws Conflict when newer ones are kept; Invalid when they are too large to keep
   */
  save(target: string, madeAt: number, forecasts: KeptForecasts): Promise<void>;
};

export type Stores = {
  targets: TargetStore;
  shards: ShardStore;
  records: RecordStore;
  leases: LeaseStore;
  forecasts: ForecastStore;
};

/**
 * An event on the bus; `events/` has its schema. `metadata.id` is the same whenever the same thing is announced again.
 */
export type OutgoingEvent = {
  type: string;
  metadata: { version: 1; id: string; at: string; fleet: string };
  data: Record<string, unknown>;
};

/** A part of the fleet to look at, for the tick that was scheduled for `at`. */
export type ShardMessage = { shard: string; at: number };

/** What could not be done, kept with its cause: a queue's own redrive would drop the cause. */
export type DeadLetter = { type: string; body: string; cause: string };

/** Work for other invocations. Every message is delivered at least once. */
export type Queues = {
  /** @throws Throttled, Denied */
  sendShards(messages: readonly ShardMessage[]): Promise<void>;
  /** @throws Throttled, Denied */
  bury(letters: readonly DeadLetter[]): Promise<void>;
};

export type World = {
  clock: Clock;
  capacities: Capacities;
  signals: Signals;
  stores: Stores;
  queues: Queues;
  /** Puts events on the bus. @throws Throttled, Denied */
  publish(events: readonly OutgoingEvent[]): Promise<void>;
};

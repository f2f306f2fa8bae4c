import { toldAfter } from "@headroom/decisions/attention";
import { bindingReason } from "@headroom/decisions/binding";
import { remember } from "@headroom/decisions/memory";
import type { Lease, Memory } from "@headroom/decisions/model";
import { troublesAfter } from "@headroom/decisions/troubles";
import type { Looked } from "./look.ts";
import type { ShardMemory, StoredRecord } from "./world.ts";

const FULL_RECORD_EVERY_SECONDS = 900;

/** Whether a record is kept whole: something was done, the reason is another one, or the last one is old. */
export function isFull({ decision, input }: StoredRecord): boolean {
  const { recorded } = input.memory;
  if (decision.is === "scale" || recorded === null) return true;
  return recorded.code !== bindingReason(decision).code || input.at - recorded.at >= FULL_RECORD_EVERY_SECONDS;
}

/** The records to keep of those that nothing was done about: the others are kept while it is done. */
export function fullRecords(records: readonly StoredRecord[]): StoredRecord[] {
  return records.filter(
    (record) => record.outcome.is === "waiting" || (record.outcome.is === "none" && isFull(record)),
  );
}

/** What a shard remembers of one target. */
export function memoryFor(shard: ShardMemory | undefined, id: string): Memory | undefined {
  return shard !== undefined && Object.hasOwn(shard.targets, id) ? shard.targets[id] : undefined;
}

/** What a pass over a shard came to. */
type Pass = { looked: readonly Looked[]; records: readonly StoredRecord[]; leases: Lease[]; at: number };

/** What the shard remembers after this tick. Targets that were not decided on keep what they had. */
export function memoryOf(before: ShardMemory | undefined, { looked, records, leases, at }: Pass): ShardMemory {
  const targets: Record<string, Memory> = {};
  for (const { id } of looked) {
    const kept = memoryFor(before, id);
    if (kept !== undefined) targets[id] = kept;
  }
  for (const record of records) {
    const next = remember(record);
    const recorded = isFull(record) ? { at, code: bindingReason(record.decision).code } : next.recorded;
    // Our own changes are on the target's row, where the claim is; here are those of others.
    const actions = next.actions.filter(({ by }) => by === "foreign");
    const waitingSince = record.outcome.is === "waiting" ? (record.input.memory.waitingSince ?? at) : null;
    const [told, troubles] = [toldAfter(record), troublesAfter(record)];
    targets[record.input.target] = { ...next, told, troubles, waitingSince, recorded, actions };
  }
  return { at, targets, leases };
}

import { remember } from "@headroom/decisions/memory";
import type { Decision, Memory } from "@headroom/decisions/model";
import { sentence } from "@headroom/decisions/reasons";
import type { Looked } from "./look.ts";
import type { OutgoingEvent, ShardMemory, StoredRecord } from "./world.ts";

const FULL_RECORD_EVERY_SECONDS = 900;

/** The reason that settled a decision: the last one. That it is only said, in observe mode, settles nothing. */
export function bindingCode(decision: Decision): string {
  return decision.reasons.findLast(({ code }) => code !== "observing")?.code ?? "nothingAsked";
}

/** Whether a record is kept whole: something was done, the reason is another one, or the last one is old. */
function isFull({ decision, input }: StoredRecord): boolean {
  const { recorded } = input.memory;
  if (decision.is === "scale" || recorded === null) return true;
  return recorded.code !== bindingCode(decision) || input.at - recorded.at >= FULL_RECORD_EVERY_SECONDS;
}

/** The records to keep of those that nothing was to be done about: the others are kept while it is done. */
export function fullRecords(records: readonly StoredRecord[]): StoredRecord[] {
  return records.filter((record) => record.outcome.is === "none" && isFull(record));
}

/** What a shard remembers of one target. */
export function memoryFor(shard: ShardMemory | undefined, id: string): Memory | undefined {
  return shard !== undefined && Object.hasOwn(shard.targets, id) ? shard.targets[id] : undefined;
}

/** What the shard remembers after this tick. Targets that were not decided on keep what they had. */
export function memoryOf(
  before: ShardMemory | undefined,
  looked: readonly Looked[],
  records: readonly StoredRecord[],
  at: number,
): ShardMemory {
  const targets: Record<string, Memory> = {};
  for (const { id } of looked) {
    const kept = memoryFor(before, id);
    if (kept !== undefined) targets[id] = kept;
  }
  for (const record of records) {
    const next = remember(record);
    const recorded = isFull(record) ? { at, code: bindingCode(record.decision) } : next.recorded;
    // Our own changes are on the target's row, where the claim is; here are those of others.
    const actions = next.actions.filter(({ by }) => by === "foreign");
    targets[record.input.target] = { ...next, recorded, actions };
  }
  return { at, targets };
}

/** Events about what was done, or in observe mode would have been done, when it is worth a record. */
export function announcements(records: readonly StoredRecord[]): OutgoingEvent[] {
  return records.flatMap((record) => {
    const { decision, input, outcome } = record;
    const { target, at } = input;
    const reasons = decision.reasons.map((reason) => ({ code: reason.code, sentence: sentence(reason) }));
    if (decision.is === "scale") {
      if (outcome.is !== "done") return [];
      const { from, to } = decision;
      return [{ type: "headroom.capacity.changed", id: `${target}@${at}`, at, data: { target, from, to, reasons } }];
    }
    if (decision.recommended === null || decision.at === null || !isFull(record)) return [];
    const data = { target, from: decision.at, to: decision.recommended, reasons };
    return [{ type: "headroom.capacity.recommended", id: `${target}@${at}`, at, data }];
  });
}

import { attentionFor } from "@headroom/decisions/attention";
import type { Fleet } from "@headroom/decisions/config/fleet";
import type { Lease } from "@headroom/decisions/model";
import { sentence } from "@headroom/decisions/reasons";
import { isFull } from "./record.ts";
import type { OutgoingEvent, ShardMemory, StoredRecord, World } from "./world.ts";

type Event = { type: string; id: string; at: number; data: Record<string, unknown> };

/** Seconds since the epoch as ISO 8601 in UTC. */
function iso(at: number): string {
  return new Date(at * 1000).toISOString();
}

type Reasoned = Pick<StoredRecord, "decision">;

function reasonsOf({ decision }: Reasoned) {
  return decision.reasons.map((reason) => ({ code: reason.code, sentence: sentence(reason) }));
}

/** What was done. */
function changeEvents(record: StoredRecord): Event[] {
  const { decision, input, outcome } = record;
  if (decision.is !== "scale" || outcome.is !== "done") return [];
  const { target, at } = input;
  const { sets, from, to } = decision;
  const data = { target, sets, from, to, reasons: reasonsOf(record) };
  return [{ type: "headroom.capacity.changed", id: `${target}@${at}`, at, data }];
}

/** What would have been done in observe mode, when it is worth a record. */
function recommendationEvents(record: StoredRecord): Event[] {
  const { decision, input } = record;
  if (decision.is === "scale" || decision.recommended === null || decision.at === null || !isFull(record)) return [];
  const { target, at } = input;
  const data = { target, sets: "capacity", from: decision.at, to: decision.recommended, reasons: reasonsOf(record) };
  return [{ type: "headroom.capacity.recommended", id: `${target}@${at}`, at, data }];
}

/** What opened and closed since the last look: told from what is carried on, since a look that saw nothing closes nothing. */
function interlockEvents({ input, interlocks, carry }: StoredRecord): Event[] {
  const { target, at, memory } = input;
  const opened = interlocks.filter(({ name }) => memory.interlocks[name] === undefined);
  const closed = Object.entries(memory.interlocks).filter(([name]) => carry.interlocks[name] === undefined);
  return [
    ...opened.map(({ name, since, why }) => ({
      ...{ type: "headroom.interlock.opened", id: `${target}@${at}#${name}`, at },
      data: { target, interlock: name, since: iso(since), why },
    })),
    ...closed.map(([name, since]) => ({
      ...{ type: "headroom.interlock.closed", id: `${target}@${at}#${name}`, at },
      data: { target, interlock: name, since: iso(since) },
    })),
  ];
}

function attentionEvents(record: StoredRecord): Event[] {
  const { target, at } = record.input;
  return attentionFor(record).map((attention) => ({
    ...{ type: "headroom.attention.raised", id: `${target}@${at}#${attention.kind}`, at },
    data: { target, ...attention },
  }));
}

/**
 * Leases that ran out, or were taken back. One goes on as long as there is one of its kind in its place, be it another:
 * whether that replaced it before its end or just after cannot be known. One that runs out during this pass is told of by
 * the next.
 */
function leaseEvents(before: readonly Lease[], leases: readonly Lease[], at: number, now: number): Event[] {
  const lives = ({ target, kind }: Lease) => leases.some((lease) => lease.target === target && lease.kind === kind);
  const ended = before.filter((lease) => !lives(lease));
  return ended.map((lease) => {
    const { target, kind, owner, reason, until } = lease;
    const data = { target, kind, owner, reason, until: iso(until), ranOut: until <= now };
    return { type: "headroom.lease.ended", id: `${target}@${until}#${kind}`, at, data };
  });
}

function enveloped(fleet: string, events: readonly Event[]): OutgoingEvent[] {
  return events.map(({ type, id, at, data }) => ({ type, metadata: { version: 1, id, at: iso(at), fleet }, data }));
}

/**
 * Puts changes that were made on the bus. Whoever makes one does so while its claim is open: if it dies on the way, the
 * tick that resolves the claim does it again, under the same id.
 */
export async function announce(world: World, fleet: string, records: readonly StoredRecord[]): Promise<void> {
  const events = enveloped(fleet, records.flatMap(changeEvents));
  if (events.length > 0) await world.publish(events);
}

/** What a pass found that others want to know. */
export type Found = {
  records: readonly StoredRecord[];
  remembered: ShardMemory | undefined;
  leases: readonly Lease[];
  at: number;
  now: number;
};

/** The events of a pass besides its changes: recommendations, interlocks, what a person should know, leases that ended. */
export function outgoing(fleet: Fleet, { records, remembered, leases, at, now }: Found): OutgoingEvent[] {
  const events = [
    ...records.flatMap((record) => [
      ...recommendationEvents(record),
      ...interlockEvents(record),
      ...attentionEvents(record),
    ]),
    ...leaseEvents(remembered?.leases ?? [], leases, at, now),
  ];
  return enveloped(fleet.name, events);
}

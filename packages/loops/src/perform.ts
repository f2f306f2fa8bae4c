import { carryOut } from "./carry-out.ts";
import { type Intent, intentOf } from "./intent.ts";
import type { Looked } from "./look.ts";
import { paced } from "./pacing.ts";
import { fullRecords } from "./record.ts";
import type { Outcome, StoredRecord, World } from "./world.ts";

type Decided = Extract<Looked, { is: "decided" }>;

/** What became of changes, by target; undefined where another tick has the target in hand. */
type Ended = Map<string, Outcome | undefined>;

/** Which part of its account and Region a pass is about, and until when it may begin a change. */
export type Turn = { fleet: string; parts: number; until: number };

function failureOf(failures: readonly unknown[]): unknown {
  const [first] = failures;
  if (failures.length === 1) return first;
  const example = first instanceof Error ? first.message : String(first);
  return new AggregateError(failures, `${failures.length} changes failed, one of them with: ${example}`);
}

/**
 * Carries out what was decided: one change after the other for each API, the APIs side by side. What cannot begin in time
 * waits. A change that fails does not keep the others from being made; the pass fails once all have ended.
 */
async function carryOutInTurn(world: World, decided: readonly Decided[], turn: Turn): Promise<Ended> {
  const { fleet, parts, until } = turn;
  const records = new Map(decided.map(({ id, record }) => [id, record]));
  const { now, later } = paced(
    decided.map(intentOf).filter((intent) => intent !== undefined),
    parts,
  );
  const ended: Ended = new Map(later.map(({ target }) => [target.id, { is: "waiting" }]));
  const failures: unknown[] = [];

  async function work(lane: readonly Intent[]): Promise<void> {
    for (const intent of lane) {
      const { id } = intent.target;
      const record = records.get(id);
      if (record === undefined) continue;
      const isLate = world.clock.now() >= until;
      try {
        ended.set(id, isLate ? { is: "waiting" } : await carryOut(world, { fleet, record, intent }));
      } catch (error) {
        failures.push(error);
      }
    }
  }

  await Promise.all(now.map(work));
  if (failures.length > 0) throw failureOf(failures);
  return ended;
}

/**
 * Carries out what was decided, and keeps what is worth a record. Gives the records with their outcomes, without those
 * targets that another tick has in hand.
 */
export async function carryOutAll(world: World, decided: readonly Decided[], turn: Turn): Promise<StoredRecord[]> {
  const ended = await carryOutInTurn(world, decided, turn);
  const records = decided
    .filter(({ id }) => !ended.has(id) || ended.get(id) !== undefined)
    .map(({ id, record }): StoredRecord => {
      const outcome = record.decision.is === "scale" ? ended.get(id) : undefined;
      return { ...record, outcome: outcome ?? { is: "none" } };
    });
  await world.stores.records.append(fullRecords(records));
  return records;
}

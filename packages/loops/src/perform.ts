import { recentActions } from "@headroom/decisions/memory";
import type { Action, TickRecord } from "@headroom/decisions/model";
import { actuate } from "./actuator.ts";
import { CLAIM_SECONDS, claimed, settled } from "./claims.ts";
import { type Intent, paced } from "./intent.ts";
import type { Looked } from "./look.ts";
import { addressed } from "./observe.ts";
import { announce } from "./outgoing.ts";
import { fullRecords } from "./record.ts";
import type { Outcome, StoredRecord, TargetRow, World } from "./world.ts";

type Decided = Extract<Looked, { is: "decided" }>;
type Claimed = { decided: Decided; intent: Intent };

/** How long a raised minimum outlives Headroom: AWS sets it back then, unless a later tick prolongs it. */
const FLOOR_SECONDS = 3600;

/** Seconds between two times that a raised minimum is prolonged: three may fail before it falls. */
const PROLONG_SECONDS = 900;

/** A raised minimum that stays as it is, when it is time to put off its fallback. */
function keptUp({ input, decision }: TickRecord): number | undefined {
  const { at, settings, memory } = input;
  if (settings.mode !== "floor" || decision.is === "scale" || decision.at === null) return undefined;
  const stretch = (instant: number) => Math.floor(instant / PROLONG_SECONDS);
  const isTime = stretch(at) > stretch(memory.ring.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
  return isTime && decision.at > settings.min ? decision.at : undefined;
}

function planOf(record: TickRecord): Pick<Intent, "sets" | "from" | "to"> | undefined {
  if (record.decision.is === "scale") return record.decision;
  const minimum = keptUp(record);
  return minimum === undefined ? undefined : { sets: "minimum", from: minimum, to: minimum };
}

function intentOf({ record, target }: Decided): Intent | undefined {
  const plan = planOf(record);
  if (plan === undefined) return undefined;
  const { sets, from, to } = plan;
  const { at, settings, memory } = record.input;
  return {
    target: addressed(target),
    ...{ at, sets, from, to, until: at },
    fallback: { to: settings.min, at: at + FLOOR_SECONDS },
    waitingSince: memory.waitingSince,
  };
}

async function claimEach(
  world: World,
  decided: readonly Decided[],
  intents: readonly Intent[],
): Promise<{ won: Claimed[]; lost: Set<string> }> {
  const byId = new Map(decided.map((each) => [each.id, each]));
  const won: Claimed[] = [];
  const lost = new Set<string>();
  for (const planned of intents) {
    const each = byId.get(planned.target.id);
    if (each === undefined) continue;
    const intent = { ...planned, until: world.clock.now() + CLAIM_SECONDS };
    const { at, sets, from, to, until } = intent;
    if (await claimed(world, each.id, { at, sets, from, to, until })) won.push({ decided: each, intent });
    else lost.add(each.id);
  }
  return { won, lost };
}

/** False when another tick found out first how it ended. */
async function settle(world: World, { decided, intent }: Claimed, outcome: Outcome, row: TargetRow | undefined) {
  if (outcome.is !== "done" && outcome.is !== "notDone") return true; // the claim stays open: the next tick finds out
  const { at, from, to } = intent;
  const done: Action[] = outcome.is === "done" && from !== to ? [{ at: outcome.at, from, to, by: "headroom" }] : [];
  const actions = recentActions([...(row?.actions ?? []), ...done], decided.target.config, at);
  return settled(world, decided.id, at, actions);
}

/** Records of changes with their outcomes so far. That a minimum was kept up changes nothing, and is not told. */
function recordsOf(won: readonly Claimed[], outcomes: ReadonlyMap<string, Outcome>): StoredRecord[] {
  return won
    .filter(({ decided }) => decided.record.decision.is === "scale")
    .map(({ decided }) => ({ ...decided.record, outcome: outcomes.get(decided.id) ?? { is: "announced" } }));
}

/** Whether another tick ended a change between the look and the claim: then what was decided is about the past. */
function overtaken({ decided }: Claimed, row: TargetRow | undefined): boolean {
  const { memory, at } = decided.record.input;
  const ours = ({ by }: Action) => by === "headroom";
  const last = recentActions(row?.actions ?? [], decided.target.config, at).findLast(ours);
  return last?.at !== memory.actions.findLast(ours)?.at;
}

async function carryOut(
  world: World,
  fleet: string,
  won: readonly Claimed[],
): Promise<{ outcomes: Map<string, Outcome>; lost: string[] }> {
  const { records, targets } = world.stores;
  // Again, now that they are claimed, and nobody else can write them.
  const rows = await targets.load(won.map(({ decided }) => decided.id));
  await records.append(recordsOf(won, new Map()));
  const late = won.filter((each) => overtaken(each, rows.get(each.decided.id)));
  const timely = won.filter((each) => !late.includes(each)).map(({ intent }) => intent);
  const outcomes = await actuate(world, timely);
  const why = "another tick changed it after this one had looked";
  for (const { decided } of late) outcomes.set(decided.id, { is: "notDone", why });
  // Once a claim has run out another tick may resolve it, and it is for that one alone to say how it ended.
  const ours = won.filter(({ intent }) => world.clock.now() < intent.until);
  const lost = won.filter((each) => !ours.includes(each)).map(({ decided }) => decided.id);
  // Before settling: whoever dies in between leaves a claim that is open, and the next tick does this again.
  const known = recordsOf(ours, outcomes);
  await records.append(known);
  await announce(world, fleet, known);
  for (const each of ours) {
    const { id } = each.decided;
    if (!(await settle(world, each, outcomes.get(id) ?? { is: "announced" }, rows.get(id)))) lost.push(id);
  }
  return { outcomes, lost };
}

/**
 * Carries out what was decided, the most urgent first: claim, announce in the record, set, tell, settle. Gives the
 * records with their outcomes, without those targets that another tick has in hand. Whatever dies on the way, the claim
 * says what was meant.
 */
export async function carryOutAll(world: World, fleet: string, decided: readonly Decided[]): Promise<StoredRecord[]> {
  const planned = paced(decided.map(intentOf).filter((intent) => intent !== undefined));
  const { won, lost } = await claimEach(world, decided, planned.now);
  const done =
    won.length === 0 ? { outcomes: new Map<string, Outcome>(), lost: [] } : await carryOut(world, fleet, won);
  for (const id of done.lost) lost.add(id);
  for (const { target } of planned.later) done.outcomes.set(target.id, { is: "waiting" });
  const records = decided
    .filter(({ id }) => !lost.has(id))
    .map(({ id, record }): StoredRecord => {
      const outcome = record.decision.is === "scale" ? done.outcomes.get(id) : undefined;
      return { ...record, outcome: outcome ?? { is: "none" } };
    });
  await world.stores.records.append(fullRecords(records));
  return records;
}

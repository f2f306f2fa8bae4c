import { recentActions } from "@headroom/decisions/memory";
import type { Action } from "@headroom/decisions/model";
import { actuate, type Intent } from "./actuator.ts";
import { CLAIM_SECONDS, claimed, settled } from "./claims.ts";
import type { Looked } from "./look.ts";
import type { Outcome, StoredRecord, TargetRow, World } from "./world.ts";

type Decided = Extract<Looked, { is: "decided" }>;
type Claimed = { decided: Decided; intent: Intent };

function intentOf({ record, id, target }: Decided, now: number): Intent | undefined {
  const { decision, input } = record;
  if (decision.is === "hold") return undefined;
  const addressed = { id, resource: target.config.resource };
  return { target: addressed, at: input.at, from: decision.from, to: decision.to, until: now + CLAIM_SECONDS };
}

async function claimEach(world: World, decided: readonly Decided[]): Promise<{ won: Claimed[]; lost: Set<string> }> {
  const won: Claimed[] = [];
  const lost = new Set<string>();
  for (const each of decided) {
    const intent = intentOf(each, world.clock.now());
    if (intent === undefined) continue;
    const { at, from, to, until } = intent;
    if (await claimed(world, each.id, { at, from, to, until })) won.push({ decided: each, intent });
    else lost.add(each.id);
  }
  return { won, lost };
}

/** False when another tick found out first how it ended. */
async function settle(world: World, { decided, intent }: Claimed, outcome: Outcome, row: TargetRow | undefined) {
  if (outcome.is !== "done" && outcome.is !== "notDone") return true; // the claim stays open: the next tick finds out
  const { at, from, to } = intent;
  const done: Action[] = outcome.is === "done" ? [{ at, from, to, by: "headroom" }] : [];
  const actions = recentActions([...(row?.actions ?? []), ...done], decided.target.config, at);
  return settled(world, decided.id, at, actions);
}

async function carryOut(world: World, won: readonly Claimed[], lost: Set<string>): Promise<Map<string, Outcome>> {
  const { records, targets } = world.stores;
  const outcomes = new Map<string, Outcome>(won.map(({ decided }) => [decided.id, { is: "announced" }]));
  const outcomeOf = ({ decided }: Claimed): Outcome => outcomes.get(decided.id) ?? { is: "announced" };
  const keep = () => records.append(won.map((each) => ({ ...each.decided.record, outcome: outcomeOf(each) })));
  // Again, now that they are claimed: another tick may have ended a change since the look.
  const rows = await targets.load(won.map(({ decided }) => decided.id));
  await keep();
  const intents = won.map(({ intent }) => intent);
  for (const [id, outcome] of await actuate(world, intents)) outcomes.set(id, outcome);
  // Before settling: whoever dies in between leaves a claim that is open, and the next tick corrects the record.
  await keep();
  for (const each of won) {
    const { id } = each.decided;
    if (!(await settle(world, each, outcomeOf(each), rows.get(id)))) lost.add(id);
  }
  return outcomes;
}

/**
 * Carries out what was decided: claim, announce in the record, set, settle. Gives the records with their outcomes,
 * without those targets that another tick claimed first. Whatever dies on the way, the claim says what was meant.
 */
export async function carryOutAll(world: World, decided: readonly Decided[]): Promise<StoredRecord[]> {
  const { won, lost } = await claimEach(world, decided);
  const outcomes = won.length === 0 ? new Map<string, Outcome>() : await carryOut(world, won, lost);
  return decided
    .filter(({ id }) => !lost.has(id))
    .map(({ id, record }) => ({ ...record, outcome: outcomes.get(id) ?? { is: "none" } }));
}

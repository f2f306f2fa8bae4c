import { recentActions } from "@headroom/decisions/memory";
import type { Action, TickRecord } from "@headroom/decisions/model";
import { actuate } from "./actuator.ts";
import { CLAIM_SECONDS, changeOf, claimed, settled } from "./claims.ts";
import type { Intent } from "./intent.ts";
import { announce } from "./outgoing.ts";
import type { Outcome, TargetRow, World } from "./world.ts";

/** A decision and what it asks for. */
export type Change = { fleet: string; record: TickRecord; intent: Intent };

/** Keeps what became of a decision so far. That a minimum was kept up changes nothing, and is not told. */
async function keep(world: World, { fleet, record }: Change, outcome: Outcome): Promise<void> {
  if (record.decision.is !== "scale") return;
  const records = [{ ...record, outcome }];
  await world.stores.records.append(records);
  await announce(world, fleet, records);
}

/** Whether another tick ended a change between the look and the claim: then what was decided is about the past. */
function overtaken({ record }: Change, row: TargetRow | undefined): boolean {
  const { memory, at, settings } = record.input;
  const ours = ({ by }: Action) => by === "headroom";
  const last = recentActions(row?.actions ?? [], settings, at).findLast(ours);
  return last?.at !== memory.actions.findLast(ours)?.at;
}

/** False when another tick found out first how it ended. */
async function settle(world: World, { record, intent }: Change, outcome: Outcome, row: TargetRow | undefined) {
  if (outcome.is !== "done" && outcome.is !== "notDone") return true; // the claim stays open: the next tick finds out
  const { target, at, from, to } = intent;
  const done = outcome.is === "done" && from !== to ? [changeOf(intent, outcome.at)] : [];
  const actions = recentActions([...(row?.actions ?? []), ...done], record.input.settings, at);
  return settled(world, target.id, at, actions);
}

/**
 * Carries out one change: claim, announce in the record, set, tell, settle. Gives its outcome, or undefined when another
 * tick has the target in hand. Whatever dies on the way, the claim says what was meant.
 */
export async function carryOut(world: World, change: Change): Promise<Outcome | undefined> {
  const { id } = change.intent.target;
  const { at, sets, from, to } = change.intent;
  const until = world.clock.now() + CLAIM_SECONDS;
  if (!(await claimed(world, id, { at, sets, from, to, until }))) return undefined;
  // Again, now that it is claimed, and nobody else can write it.
  const row = (await world.stores.targets.load([id])).get(id);
  await keep(world, change, { is: "announced" });
  const outcome: Outcome = overtaken(change, row)
    ? { is: "notDone", why: "another tick changed it after this one had looked" }
    : await actuate(world, change.intent, until);
  // Once the claim has run out another tick may resolve it, and it is for that one alone to say how it ended.
  if (world.clock.now() >= until) return undefined;
  // Before settling: whoever dies in between leaves a claim that is open, and the next tick does this again.
  await keep(world, change, outcome);
  return (await settle(world, change, outcome, row)) ? outcome : undefined;
}

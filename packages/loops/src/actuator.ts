import type { CapacityAnswer } from "@headroom/decisions/model";
import { expected } from "./observe.ts";
import type { Addressed, Outcome, World } from "./world.ts";

/** A decision that was claimed and may be carried out until `until`. */
export type Intent = { target: Addressed; at: number; from: number; to: number; until: number };

/** The largest relative shortage first; lowering last, the largest surplus first. */
function byUrgency(a: Intent, b: Intent): number {
  const growth = (intent: Intent) => (intent.to - intent.from) / Math.max(1, intent.from);
  const raises = (intent: Intent) => Number(intent.to > intent.from);
  return raises(b) - raises(a) || Math.abs(growth(b)) - Math.abs(growth(a));
}

/** What was found afterwards decides how it ended: an answer may be lost although the call had its effect. */
function judge(intent: Intent, found: CapacityAnswer | undefined, failure: string | undefined, now: number): Outcome {
  if (found === undefined || found.is === "failed") return { is: "announced" };
  if (found.desired === intent.to) return { is: "done", at: now };
  if (found.desired !== intent.from) return { is: "notDone", why: `somebody else set ${found.desired} meanwhile` };
  return { is: "notDone", why: failure ?? "the call succeeded and changed nothing" };
}

async function read(world: World, target: Addressed): Promise<CapacityAnswer | undefined> {
  try {
    return (await world.capacities.read([target])).get(target.id);
  } catch (error) {
    return { is: "failed", why: expected(error) };
  }
}

async function attempt(world: World, intent: Intent): Promise<string | undefined> {
  try {
    await world.capacities.set(intent.target, intent.to);
    return undefined;
  } catch (error) {
    return expected(error);
  }
}

async function carryOut(world: World, intent: Intent): Promise<Outcome> {
  const before = await read(world, intent.target);
  if (before?.is !== "capacity")
    return { is: "notDone", why: "the capacity could not be read again before setting it" };
  if (before.desired !== intent.from) {
    return { is: "notDone", why: `the capacity is ${before.desired}, not the ${intent.from} that was looked at` };
  }
  // A call that starts after the claim has ended could undo what the next claim does.
  if (world.clock.now() >= intent.until) return { is: "notDone", why: "the claim ran out before the call" };
  const failure = await attempt(world, intent);
  return judge(intent, await read(world, intent.target), failure, world.clock.now());
}

/**
 * Carries out intents, the most urgent first: each is checked once more against what was looked at, set, and verified.
 * Gives the outcome of each by target id; `announced` where it could not be found out.
 */
export async function actuate(world: World, intents: readonly Intent[]): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const intent of [...intents].sort(byUrgency)) {
    outcomes.set(intent.target.id, await carryOut(world, intent));
  }
  return outcomes;
}

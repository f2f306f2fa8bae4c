import { present } from "@headroom/decisions/contexts";
import type { CapacityAnswer } from "@headroom/decisions/model";
import type { Intent } from "./intent.ts";
import { expected } from "./observe.ts";
import type { Addressed, Outcome, World } from "./world.ts";

function setting(intent: Intent, answer: CapacityAnswer | undefined): number | undefined {
  if (answer?.is !== "capacity") return undefined;
  return present(answer, intent.sets === "minimum" ? "floor" : "control");
}

/** What was found afterwards decides how it ended: an answer may be lost although the call had its effect. */
function judge(intent: Intent, found: number | undefined, failure: string | undefined, now: number): Outcome {
  if (found === undefined) return { is: "announced" };
  if (found === intent.to) return { is: "done", at: now };
  if (found !== intent.from) return { is: "notDone", why: `somebody else set ${found} meanwhile` };
  // AWS's reads may be behind its writes: the claim stays open, and the next tick sees what became of it.
  return failure === undefined ? { is: "announced" } : { is: "notDone", why: failure };
}

async function read(world: World, target: Addressed): Promise<CapacityAnswer | undefined> {
  try {
    return (await world.capacities.read([target])).get(target.id);
  } catch (error) {
    return { is: "failed", why: expected(error) };
  }
}

async function attempt(world: World, intent: Intent): Promise<string | undefined> {
  const { target, to, sets, fallback } = intent;
  try {
    if (sets === "minimum") await world.capacities.setMinimum(target, to, fallback);
    else await world.capacities.set(target, to);
    return undefined;
  } catch (error) {
    return expected(error);
  }
}

/**
 * Carries out an intent under a claim: checks once more that what is set is what was looked at, sets it, and verifies.
 * `announced` where it could not be found out how it ended. Nothing is set at or after `until`, and a World tries each
 * call that changes something once: a later try could begin after the claim has ended.
 */
export async function actuate(world: World, intent: Intent, until: number): Promise<Outcome> {
  const before = setting(intent, await read(world, intent.target));
  if (before === undefined) return { is: "notDone", why: "what is set could not be read again before setting it" };
  if (before !== intent.from) {
    return { is: "notDone", why: `${before} are set, not the ${intent.from} that were looked at` };
  }
  // A call that starts after the claim has ended could undo what the next claim does.
  if (world.clock.now() >= until) return { is: "notDone", why: "the claim ran out before the call" };
  const failure = await attempt(world, intent);
  return judge(intent, setting(intent, await read(world, intent.target)), failure, world.clock.now());
}

import { remember } from "@headroom/decisions/memory";
import type { Memory } from "@headroom/decisions/model";
import { recordOf } from "./claims.ts";
import type { TargetRow, World } from "./world.ts";

function byInstant<Each extends { at: number }>(each: readonly Each[]): Each[] {
  return [...new Map(each.map((one) => [one.at, one])).values()].sort((a, b) => a.at - b.at);
}

/**
 * What a target remembers, with the look of a tick that acted on it and that its shard knows nothing of: one that an
 * alarm woke, or one that died before the shard was written. Without that look the next pass would find no reason to
 * keep what it raised. Whom that tick told is not taken over: it may have died before it did.
 */
export async function caughtUp(
  world: World,
  target: string,
  { row, memory }: { row: TargetRow | undefined; memory: Memory },
): Promise<Memory> {
  const seen = memory.ring.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  if (row === undefined || row.at <= seen) return memory;
  const missed = await recordOf(world, target, row.at);
  if (missed === undefined) return memory;
  const { ring, actions, drainBy, boosts, trustedAt, blockedSince, raisedMax, usage } = remember(missed);
  return {
    ...{ ...memory, drainBy, boosts, trustedAt, blockedSince, raisedMax, usage },
    ring: byInstant([...memory.ring, ...ring]),
    actions: byInstant([...memory.actions, ...actions.filter(({ by }) => by === "foreign")]),
  };
}

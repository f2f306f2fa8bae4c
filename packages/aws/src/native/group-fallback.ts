import { type AutoScalingClient, PutScheduledUpdateGroupActionCommand } from "@aws-sdk/client-auto-scaling";
import { Conflict } from "@headroom/decisions/errors";
import { translated } from "../errors.ts";
import type { Fallback } from "../targets/target-kind.ts";

/** Our scheduled action that takes a raised minimum back. */
export const FALLBACK_ACTION = "headroom-floor";

/** AWS refuses two scheduled actions of a group at the same instant: so often the next minute is tried. */
const MINUTES_TRIED = 3;

/**
 * Has AWS take a group's minimum back by itself, at the instant that is asked for or, where another action is scheduled
 * then, up to two minutes later. It replaces the fallback that there was.
 * @throws Conflict when there is no such minute; NotFound, Throttled, Denied, Invalid
 */
export async function scheduleFallback(
  client: AutoScalingClient,
  group: string,
  { to, at }: Fallback,
  tries = MINUTES_TRIED,
): Promise<void> {
  const command = new PutScheduledUpdateGroupActionCommand({
    ...{ AutoScalingGroupName: group, ScheduledActionName: FALLBACK_ACTION },
    ...{ StartTime: new Date(Math.ceil(at) * 1000), MinSize: to },
  });
  try {
    await translated(`scheduling the minimum of ${group}`, client.send(command));
  } catch (error) {
    if (!(error instanceof Conflict) || tries <= 1) throw error;
    await scheduleFallback(client, group, { to, at: at + 60 }, tries - 1);
  }
}

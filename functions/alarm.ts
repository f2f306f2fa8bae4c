import { targetOfAlarm } from "@headroom/decisions/alarms";
import type { Fleet } from "@headroom/decisions/config/fleet";
import type { Woken } from "@headroom/loops/look";
import { tickTargets } from "@headroom/loops/tick";
import type { World } from "@headroom/loops/world";
import { type AlarmStateChanged, alarmStateChanged, namedPeriods, type } from "#events/alarm-state-changed";
import { batchFunction, MOST_RECEIVES } from "./batch.ts";
import type { Log } from "./edge.ts";
import { logPass } from "./pass.ts";

/**
 * The targets that alarms woke, each with the periods that its own alarms named. An alarm that went back to OK wakes
 * nobody, and neither does one that is not ours.
 */
function wokenBy(fleet: Fleet, messages: readonly AlarmStateChanged[]): Woken {
  const woken = new Map<string, number[]>();
  for (const message of messages) {
    const id = targetOfAlarm(fleet.name, message.detail.alarmName);
    if (message.detail.state.value !== "ALARM" || id === undefined || !Object.hasOwn(fleet.targets, id)) continue;
    woken.set(id, [...new Set([...(woken.get(id) ?? []), ...namedPeriods(message)])]);
  }
  return woken;
}

/** Alarms, gathered for five seconds: their targets are looked at now. Their numbers are not believed, but read again. */
export const alarmFunction = (world: World, fleet: Fleet, log: Log) =>
  batchFunction(
    {
      type,
      schema: alarmStateChanged,
      async handle(messages, context) {
        const woken = wokenBy(fleet, messages);
        if (woken.size === 0) return;
        const records = await tickTargets(world, fleet, woken);
        logPass(log, context, records[0]?.input.at ?? world.clock.now(), records);
      },
      together: true,
      tries: MOST_RECEIVES,
    },
    { world, log },
  );

import { type Alarm, alarmName, alarmOf, type Owner } from "./alarms.ts";
import type { Fleet } from "./config/fleet.ts";
import type { TargetConfig } from "./config/settings.ts";
import { Invalid } from "./errors.ts";

/** A CloudWatch alarm that wakes its target. `name` says which one to the function that the alarm reaches. */
export type WakeAlarm = Alarm & { target: string; name: string };

function wakeAlarm(owner: Owner, target: string, config: TargetConfig): WakeAlarm[] {
  if (config.account !== undefined || config.region !== undefined) {
    const fix = "leave wake out, or account and region if the target is there";
    const why = "an alarm wakes only what is in the account and Region where Headroom runs";
    throw new Invalid(`headroom.config.ts: targets.${target}.wake: ${why}: ${fix}`);
  }
  const alarm = alarmOf(config);
  return alarm === undefined ? [] : [{ target, name: alarmName(owner, target), ...alarm }];
}

/**
 * The alarms that the fleet asks for, one a target, in the stage that it is deployed to.
 * @throws Invalid when a target asks for one and is where no alarm of ours can be
 */
export function wakeAlarms({ name, targets }: Fleet, stage: string): WakeAlarm[] {
  const asking = Object.entries(targets).filter(([, { wake }]) => wake === "alarm");
  return asking.flatMap(([id, config]) => wakeAlarm({ stage, fleet: name }, id, config));
}

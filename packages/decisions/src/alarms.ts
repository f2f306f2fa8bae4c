/** The name of the alarm that wakes a target. */
export function alarmName(fleet: string, target: string): string {
  return `headroom/${fleet}/${target}`;
}

/** The target that an alarm of ours wakes, or undefined when it is not one of this fleet's. */
export function targetOfAlarm(fleet: string, name: string): string | undefined {
  const prefix = alarmName(fleet, "");
  const target = name.startsWith(prefix) ? name.slice(prefix.length) : "";
  return target === "" || target.includes("/") ? undefined : target;
}

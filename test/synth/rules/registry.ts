import { regions, trusted } from "./elsewhere.ts";
import { exposure } from "./exposure.ts";
import { forecasts } from "./forecasts.ts";
import { functions, tickAlone } from "./functions.ts";
import { handlers } from "./loading.ts";
import { dashboard, watched, watches } from "./monitoring.ts";
import { notifications } from "./notifications.ts";
import { actions, leastPrivilege, policySizes, roles } from "./permissions.ts";
import { deadLetters, queues } from "./queues.ts";
import type { Rule } from "./rule.ts";
import { schedules } from "./schedules.ts";
import { retention, table } from "./table.ts";
import { wakeAlarmsOnly, wakeWiring } from "./wake.ts";
import { whole } from "./whole.ts";

/** Everything that must hold of a deployment, whatever the fleet. */
export const rules = {
  "is all there is, and asks nobody else": whole,
  "has functions of the right kind and size, with their environment": functions,
  "loads a handler in every function, and no more clients than it needs": handlers,
  "has one tick at a time, and none that is late": tickAlone,
  "ticks every minute with the time that was scheduled": schedules,
  "makes forecasts where something is forecast": forecasts,
  "tries work again, and loses none": queues,
  "keeps dead letters": deadLetters,
  "has the alarms that targets ask for": wakeAlarmsOnly,
  "wakes a target by its alarm": wakeWiring,
  "tells what asks for attention": notifications,
  "has the table that the stores need": table,
  "retains in production, and only there": retention,
  "may do what is needed and nothing else": leastPrivilege,
  "has policies that IAM takes": policySizes,
  "has roles for their own service alone": roles,
  "names real actions, and resources where there are any": actions,
  "can be deployed in several Regions": regions,
  "says whom another account has to trust": trusted,
  "cannot be reached from outside": exposure,
  "watches itself": watched,
  "tells when it is not well": watches,
  "shows what is there": dashboard,
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** What breaks which rule; nothing when all is well. A rule that cannot be told is broken. */
export async function broken(template: Parameters<Rule>[0]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [name, rule] of Object.entries(rules)) {
    try {
      const says = await rule(template);
      if (says.length > 0) found.set(name, says);
    } catch (error) {
      found.set(name, [String(error)]);
    }
  }
  return found;
}

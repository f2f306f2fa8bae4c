import { interlocks } from "@headroom/decisions/interlocks/registry";
import type { LimitContext } from "@headroom/decisions/limits/limit";
import type { TickRecord } from "@headroom/decisions/model";
import { instant } from "@headroom/decisions/say";
import { limitContextOf } from "./limit-context.ts";

/** An interlock as a tick saw it. What has no source, or none that answered, is absent: that is not false. */
export type InterlockSeen = { name: string; is: "open" | "closed" | "absent"; says: string };

/** Why nothing is known of an interlock, or undefined where something is. */
function absence(name: string, { facts, capacity, settings }: LimitContext): string | undefined {
  const { downstream, retryStorm } = settings.guards;
  switch (name) {
    case "deployment":
      return capacity.deploying === undefined ? "the platform does not say" : undefined;
    case "drill":
    case "release":
      return facts[name] === undefined ? "nothing tells of it" : undefined;
    case "fleet-brake":
      return facts.brake === undefined ? "the fleet as a whole did not call for it" : undefined;
    case "retry-storm":
      return retryStorm === undefined ? "no guard is configured" : undefined;
    case "database-lag":
      if (downstream === undefined) return "no guard is configured";
      return facts.lagging?.[downstream.database] === undefined ? `nothing tells of ${downstream.database}` : undefined;
    default:
      return undefined;
  }
}

function seen(name: string, restrains: string, context: LimitContext): InterlockSeen {
  const open = context.interlocks.find((each) => each.name === name);
  if (open !== undefined) {
    const over = open.over ? "; it has lasted too long to restrain any more" : `, no scaling ${restrains}`;
    return { name, is: "open", says: `open since ${instant(open.since)}${over}: ${open.why}` };
  }
  const missing = absence(name, context);
  return missing === undefined
    ? { name, is: "closed", says: "closed" }
    : { name, is: "absent", says: `absent: ${missing}` };
}

/** Every interlock, with what the tick knew of it. */
export function interlocksSeen(record: TickRecord): InterlockSeen[] {
  const context = limitContextOf(record);
  return context === undefined ? [] : interlocks.map(({ name, restrains }) => seen(name, restrains, context));
}

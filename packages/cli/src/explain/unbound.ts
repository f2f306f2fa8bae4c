import type { Bound, LimitContext } from "@headroom/decisions/limits/limit";
import { leastAllowed, mostAllowed } from "@headroom/decisions/limits/rate";
import { limits } from "@headroom/decisions/limits/registry";
import type { TickRecord } from "@headroom/decisions/model";
import { sentence } from "@headroom/decisions/reasons";
import { amount, instant, time, units } from "@headroom/decisions/say";
import { limitContextOf } from "./limit-context.ts";

/** A limit that changed nothing, and what it would have said to one unit more or less. */
export type Unbound = { limit: string; says: string };

function rates({ settings, ...rest }: LimitContext): string {
  const { in: inward, out } = settings.rate;
  const context = { ...rest, settings };
  const down = inward === undefined ? "as far down as anybody wants" : `down to ${leastAllowed(inward, context)}`;
  const up = out === undefined ? "as far up" : `up to ${mostAllowed(out, context)}`;
  return inward === undefined && out === undefined ? "none is set" : `${down} and ${up} now`;
}

function rest({ memory, settings, at }: LimitContext): string {
  const last = memory.actions.at(-1);
  if (last === undefined) return "nothing was changed lately";
  const since = last.at + settings.coolDown.in + (last.to > last.from ? settings.warmUp : 0);
  return `over since ${instant(Math.min(at, since))}; capacity went from ${last.from} to ${last.to} at ${instant(last.at)}`;
}

function money({ settings }: LimitContext): string {
  const { spend } = settings;
  return spend === undefined ? "no budget is set" : `within ${amount(spend.budget)} for ${time(spend.per)}`;
}

/** What there is to know of a limit that lets one unit more and one less through. */
const details: Record<string, (context: LimitContext) => string> = {
  "foreign-restore": ({ settings }) =>
    `there is nothing to set back; the policy is to ${settings.foreignWrites.policy}`,
  "foreign-hold": ({ settings }) =>
    `there is nothing to leave alone; the policy is to ${settings.foreignWrites.policy}`,
  stabilisation: ({ settings: { stabilisation } }) =>
    stabilisation.in === 0
      ? "no window is set"
      : `nothing in the last ${time(stabilisation.in)} speaks against one unit more or less`,
  rate: rates,
  "cool-down": rest,
  interlocks: () => "none is open that restrains",
  "busy-units": ({ capacity }) =>
    capacity.protected === undefined ? "no protected units are known" : `${units(capacity.protected)} protected`,
  flapping: () => "no policy would ask for more at once",
  pin: () => "there is none",
  pause: () => "there is none",
  spend: money,
  bounds: ({ bounds }) => `${bounds.min} to ${bounds.max}`,
};

/** Until when a limit will say the same, where that is known. */
function end({ reason }: Bound): string {
  if (reason.code !== "stabilisingIn" && reason.code !== "stabilisingOut") return "";
  return ` That lasts until ${instant(reason.data.at + reason.data.window)}.`;
}

function direction(way: string, bound: Bound | undefined, tried: number): string[] {
  if (bound === undefined || bound.capacity === tried) return [];
  return [`${way} to ${tried} would become ${bound.capacity}. ${sentence(bound.reason)}${end(bound)}`];
}

function saysOf(name: string, apply: (typeof limits)[number]["apply"], context: LimitContext): string {
  const { desired } = context;
  const [down, up] = [Math.max(0, desired - 1), desired + 1];
  const against = [
    ...(down === desired ? [] : direction("lowering", apply(down, context), down)),
    ...direction("raising", apply(up, context), up),
  ];
  const detail = details[name]?.(context) ?? "";
  if (against.length === 0) return detail;
  return name === "bounds" || name === "rate" ? `${detail}; ${against.join(" ")}` : against.join(" ");
}

/** What a limit had to say although it left the capacity as it was. */
function wordOf(bound: Bound | undefined, reached: number): string | undefined {
  return bound?.capacity === reached ? sentence(bound.reason) : undefined;
}

/** The limits that did not bind: what they would have needed to, or would have said to one unit more or less. */
export function unboundLimits(record: TickRecord): Unbound[] {
  const context = limitContextOf(record);
  if (context === undefined) return [];
  const bound = new Map(record.limits.map((limited) => [limited.limit, limited]));
  let reached = context.combined;
  return limits.flatMap(({ name, apply }) => {
    const limited = bound.get(name);
    if (limited !== undefined) {
      reached = limited.to;
      return [];
    }
    return [{ limit: name, says: wordOf(apply(reached, context), reached) ?? saysOf(name, apply, context) }];
  });
}

import type { Resource } from "@headroom/decisions/config/resources";
import type { TickRecord } from "@headroom/decisions/model";
import type { Looked } from "./look.ts";
import { addressed } from "./observe.ts";
import type { Addressed } from "./world.ts";

/** A decision on its way to be carried out. */
export type Intent = {
  target: Addressed;
  at: number;
  sets: "capacity" | "minimum";
  from: number;
  to: number;
  /** In floor mode: what the minimum falls back to by itself, and when. */
  fallback: { to: number; at: number };
  /** Since when it has been waiting for its turn; null when it has not. */
  waitingSince: number | null;
};

/** How long a raised minimum outlives Headroom: AWS sets it back then, unless a later tick prolongs it. */
const FLOOR_SECONDS = 3600;

/** Seconds between two times that a raised minimum is prolonged: three may fail before it falls. */
const PROLONG_SECONDS = 900;

/** A raised minimum that stays as it is, when it is time to put off its fallback. */
function keptUp({ input, decision }: TickRecord): number | undefined {
  const { at, settings, memory } = input;
  if (settings.mode !== "floor" || decision.is === "scale" || decision.at === null) return undefined;
  const stretch = (instant: number) => Math.floor(instant / PROLONG_SECONDS);
  const isTime = stretch(at) > stretch(memory.ring.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
  return isTime && decision.at > settings.min ? decision.at : undefined;
}

/** Kinds that AWS brings to the capacity that was set later, once: where that one time fails, nothing else does. */
const BROUGHT_ONCE: readonly Resource["kind"][] = ["application-auto-scaling"];

/**
 * A capacity that stays as it is set and has not come although units had the time to start: AWS is told once more, and
 * again as often as that takes.
 */
function insistedOn({ input, decision }: TickRecord, { kind }: Resource): number | undefined {
  const { at, settings, memory, capacity } = input;
  if (!BROUGHT_ONCE.includes(kind) || settings.mode !== "control" || capacity.is === "failed") return undefined;
  if (decision.is === "scale" || decision.at === null || decision.recommended !== null) return undefined;
  const { desired, running } = capacity;
  const otherwise = memory.ring.findLastIndex((look) => look.desired !== desired || look.running === desired);
  const [first] = memory.ring.slice(otherwise + 1);
  const last = memory.ring.at(-1);
  if (running === desired || first === undefined || last === undefined) return undefined;
  const patience = Math.max(settings.warmUp, input.tick);
  const periods = (instant: number) => Math.floor((instant - first.at) / patience);
  return periods(at) > periods(last.at) ? desired : undefined;
}

function planOf(record: TickRecord, resource: Resource): Pick<Intent, "sets" | "from" | "to"> | undefined {
  if (record.decision.is === "scale") return record.decision;
  const minimum = keptUp(record);
  if (minimum !== undefined) return { sets: "minimum", from: minimum, to: minimum };
  const capacity = insistedOn(record, resource);
  return capacity === undefined ? undefined : { sets: "capacity", from: capacity, to: capacity };
}

/** What a decision asks to be carried out, if it asks for anything. */
export function intentOf({ record, target }: Extract<Looked, { is: "decided" }>): Intent | undefined {
  const plan = planOf(record, target.config.resource);
  if (plan === undefined) return undefined;
  const { sets, from, to } = plan;
  const { at, settings, memory } = record.input;
  return {
    target: addressed(target),
    ...{ at, sets, from, to },
    fallback: { to: settings.min, at: at + FLOOR_SECONDS },
    waitingSince: memory.waitingSince,
  };
}

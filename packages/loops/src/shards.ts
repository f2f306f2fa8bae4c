import type { Fleet } from "@headroom/decisions/config/fleet";
import type { FleetTarget } from "./observe.ts";

/** Targets that one invocation looks at: as many as it can read and decide on within its time. */
const TARGETS_A_SHARD = 250;

/** A part of the fleet that is in one account and Region: its name, and the targets in it. */
export type Shard = { name: string; targets: FleetTarget[] };

function placeOf({ config }: FleetTarget): string {
  return `${config.account ?? "here"}/${config.region ?? "here"}`;
}

/**
 * The fleet in parts, each within one account and Region and of at most 250 targets. The same fleet is always cut the
 * same way, because what a shard remembers is kept under its name.
 */
export function shardsOf(fleet: Fleet): Shard[] {
  const places = new Map<string, FleetTarget[]>();
  for (const [id, config] of Object.entries(fleet.targets)) {
    const target = { id, config };
    const place = placeOf(target);
    const there = places.get(place);
    if (there === undefined) places.set(place, [target]);
    else there.push(target);
  }
  return [...places].flatMap(([place, targets]) => {
    const parts = Math.ceil(targets.length / TARGETS_A_SHARD);
    return Array.from({ length: parts }, (_, part) => ({
      name: `${place}#${part}`,
      targets: targets.slice(part * TARGETS_A_SHARD, (part + 1) * TARGETS_A_SHARD),
    }));
  });
}

/** The shard that a target is in. */
export function shardWith(fleet: Fleet, id: string): Shard | undefined {
  return shardsOf(fleet).find(({ targets }) => targets.some((target) => target.id === id));
}

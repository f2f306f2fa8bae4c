import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Place, placeName, placeOf } from "@headroom/decisions/config/place";
import type { FleetTarget } from "./observe.ts";

/** Targets that one invocation looks at: as many as it can read and decide on within its time. */
const TARGETS_A_SHARD = 250;

/** A part of the fleet that is in one place: its name, where that is, and the targets in it. */
export type Shard = { name: string; place: Place; targets: FleetTarget[] };

/**
 * The fleet in parts, each within one account and Region, reached with one role, and of at most 250 targets. The same fleet is always cut the
 * same way, because what a shard remembers is kept under its name.
 */
export function shardsOf(fleet: Fleet): Shard[] {
  const places = new Map<string, { place: Place; targets: FleetTarget[] }>();
  for (const [id, config] of Object.entries(fleet.targets)) {
    const place = placeOf(config);
    const there = places.get(placeName(place));
    if (there === undefined) places.set(placeName(place), { place, targets: [{ id, config }] });
    else there.targets.push({ id, config });
  }
  return [...places].flatMap(([name, { place, targets }]) => {
    const parts = Math.ceil(targets.length / TARGETS_A_SHARD);
    return Array.from({ length: parts }, (_, part) => ({
      name: `${name}#${part}`,
      place,
      targets: targets.slice(part * TARGETS_A_SHARD, (part + 1) * TARGETS_A_SHARD),
    }));
  });
}

/** The shard that a target is in. */
export function shardWith(fleet: Fleet, id: string): Shard | undefined {
  return shardsOf(fleet).find(({ targets }) => targets.some((target) => target.id === id));
}

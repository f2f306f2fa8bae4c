import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Place, placeName, placeOf } from "@headroom/decisions/config/place";
import type { FleetTarget } from "./observe.ts";
import { spread } from "./spread.ts";

/** Targets that one invocation looks at: as many as it can read and decide on within its time. */
const TARGETS_A_SHARD = 250;

/**
 * A part of the fleet that is in one place: its name, where that is, the targets in it, and how many parts are there.
 */
export type Shard = { name: string; place: Place; targets: FleetTarget[]; parts: number };

type Part = { number: number; targets: FleetTarget[] };

/**
 * Targets in parts that are small enough. One that is too large is cut in two by one more bit of its targets' ids: half
 * of them stay under its number, half go to a new one, and no other part is touched.
 */
function cut({ number, targets }: Part, bit: number): Part[] {
  if (targets.length <= TARGETS_A_SHARD) return [{ number, targets }];
  const goes = ({ id }: FleetTarget) => Math.floor(spread(id) / 2 ** bit) % 2 === 1;
  const stays = { number, targets: targets.filter((target) => !goes(target)) };
  const leaves = { number: number + 2 ** bit, targets: targets.filter(goes) };
  return [...cut(stays, bit + 1), ...cut(leaves, bit + 1)];
}

function cutPlace(name: string, place: Place, targets: FleetTarget[]): Shard[] {
  const parts = cut({ number: 0, targets }, 0);
  return parts.map((part) => ({ name: `${name}#${part.number}`, place, targets: part.targets, parts: parts.length }));
}

function placesOf(fleet: Fleet): Map<string, FleetTarget[]> {
  const targets = Object.entries(fleet.targets).map(([id, config]) => ({ id, config }));
  return Map.groupBy(targets, ({ config }) => placeName(placeOf(config)));
}

/**
 * The fleet in parts, each within one account and Region, reached with one role, and of at most 250 targets. The same
 * fleet is always cut the same way, because what a shard remembers is kept under its name. In which part a target is
 * depends on its id: one more or one less moves no other, except when a part gets too large and half of it goes to a new
 * one, or when two halves fit in one again. Those that move begin with no memory: they do not fall until a stabilisation
 * window is known again.
 */
export function shardsOf(fleet: Fleet): Shard[] {
  return [...placesOf(fleet)].flatMap(([name, targets]) => {
    const [first] = targets;
    return first === undefined ? [] : cutPlace(name, placeOf(first.config), targets);
  });
}

/** The shard that a target is in. */
export function shardWith(fleet: Fleet, id: string): Shard | undefined {
  return shardsOf(fleet).find(({ targets }) => targets.some((target) => target.id === id));
}

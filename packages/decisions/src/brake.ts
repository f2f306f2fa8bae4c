import type { Fleet } from "./config/fleet.ts";
import type { Fact, TickRecord } from "./model.ts";

/** Units that a decision would take from a target. */
function taken({ decision }: TickRecord): number {
  return decision.is === "scale" ? Math.max(0, decision.from - decision.to) : 0;
}

function unitsOf({ input }: TickRecord): number {
  return input.capacity.is === "capacity" ? input.capacity.desired : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * Whether one pass would shrink the fleet too much at once: more than a share of its units, or more than a share of its
 * targets, and not just a few of them. Then the fact that holds all scale-in of the pass, else undefined.
 */
export function brakeFor(records: readonly TickRecord[], brake: Fleet["brake"], at: number): Fact | undefined {
  const removed = records.map(taken);
  const lowered = removed.filter((units) => units > 0).length;
  if (lowered < brake.fewest) return undefined;
  const units = sum(removed) / Math.max(1, sum(records.map(unitsOf)));
  const targets = lowered / records.length;
  if (units <= brake.units && targets <= brake.targets) return undefined;
  const share = (part: number) => `${Math.round(part * 100)} %`;
  const why = `one pass would take ${share(units)} of the fleet's units and lower ${share(targets)} of its targets`;
  return { on: true, at, since: at, why };
}

/** Whether the brake concerns a decision. */
export function isLowering(record: TickRecord): boolean {
  return taken(record) > 0;
}

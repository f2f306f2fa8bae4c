import { hasMinimum, type Resource } from "@headroom/decisions/config/resources";
import { Invalid } from "@headroom/decisions/errors";
import { nameOf } from "./names.ts";

/** What a resource is not to leave, in units. */
export type Bounds = { minimum: number; maximum: number };

/** Where nothing else is said: AWS's largest usual quota (an ECS service runs 5,000 tasks). */
const UNBOUNDED: Bounds = { minimum: 0, maximum: 5000 };

/** Lambda takes from 2 to 1,000 as a mapping's maximum concurrency (Lambda API, ScalingConfig). */
const MAPPING: Bounds = { minimum: 2, maximum: 1000 };

function refuse(resource: Resource, what: string): never {
  throw new Invalid(`${nameOf(resource)}: ${what}`);
}

function checkWhole(resource: Resource, units: number): void {
  if (Number.isSafeInteger(units) && units >= 0) return;
  refuse(resource, `${units} units are not a whole number of 0 or more`);
}

/** The bounds that a resource begins with. */
export function boundsAtFirst(resource: Resource, own: Bounds | undefined): Bounds {
  return resource.kind === "event-source-concurrency" ? MAPPING : (own ?? UNBOUNDED);
}

/**
 * Refuses a capacity that AWS would refuse: no whole number, or outside of what the kind itself enforces. An Auto Scaling
 * group refuses what is outside its bounds; ECS and Lambda leave them to Application Auto Scaling, which acts later.
 * @throws Invalid
 */
export function checkCapacity(resource: Resource, capacity: number, { minimum, maximum }: Bounds): void {
  checkWhole(resource, capacity);
  const enforces = resource.kind === "auto-scaling-group" || resource.kind === "event-source-concurrency";
  if (enforces && (capacity < minimum || capacity > maximum)) {
    refuse(resource, `${capacity} units are outside of ${minimum} to ${maximum}`);
  }
}

/** @throws Invalid when the kind has no minimum, or it would be above the maximum */
export function checkMinimum(resource: Resource, minimum: number, { maximum }: Bounds): void {
  if (!hasMinimum(resource.kind)) refuse(resource, "its kind has no minimum");
  checkWhole(resource, minimum);
  if (minimum > maximum) refuse(resource, `a minimum of ${minimum} is above the maximum of ${maximum}`);
}

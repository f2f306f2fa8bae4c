import * as z from "zod";
import { type Place, placeName } from "./place.ts";
import type { Resource } from "./resources.ts";
import { targetConfig } from "./settings.ts";

/** Ids of targets travel in keys, events, paths and shells. */
const targetId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "is not an id: use a-z, 0-9 and -, beginning with a letter");

const share = z.number().gt(0).max(1);
const brake = z.strictObject({
  /** Share of the fleet's units. */
  units: share.default(0.1),
  /** Share of its targets. */
  targets: share.default(0.2),
  /** Fewer targets than this being lowered at a time is no mass event, whatever their share of a small fleet. */
  fewest: z.int().min(1).default(3),
});

type Targets = Record<string, { resource: Resource } & Place>;

/** Two targets on one resource would undo each other's changes. */
function checkResources(targets: Targets, context: z.RefinementCtx): void {
  const seen = new Map<string, string>();
  for (const [id, { resource, account, region }] of Object.entries(targets)) {
    const name = `${placeName({ account, region })} ${JSON.stringify(Object.entries(resource).sort())}`;
    const other = seen.get(name);
    if (other !== undefined) {
      const message = `is the resource of ${other} too: a resource can be one target's only`;
      context.addIssue({ code: "custom", path: [id, "resource"], message });
    }
    seen.set(name, id);
  }
}

function hasTargets(targets: Targets): boolean {
  return Object.keys(targets).length > 0;
}

function isOnceEach(addresses: readonly string[]): boolean {
  return new Set(addresses.map((address) => address.toLowerCase())).size === addresses.length;
}

/** The whole of `headroom.config.ts`. */
export const fleet = z.strictObject({
  name: z.string().min(1),
  targets: z
    .record(targetId, targetConfig)
    .refine(hasTargets, "is empty: describe at least one target")
    .superRefine(checkResources),
  /** One pass that would shrink the fleet by more than these shares holds all scale-in, and says so. */
  brake: brake.prefault({}),
  /** Whom to tell by e-mail what a person should know: each is asked by AWS to confirm it. */
  notify: z.array(z.email()).refine(isOnceEach, "names somebody twice").default([]),
});
export type Fleet = z.infer<typeof fleet>;
export type FleetInput = z.input<typeof fleet>;

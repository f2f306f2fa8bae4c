import type { Resource } from "@headroom/decisions/config/resources";
import * as z from "zod";
import { type Bounds, boundsAtFirst, checkCapacity, checkMinimum } from "./bounds.ts";
import type { Keeper } from "./keeper.ts";
import type { Workload } from "./workloads/workload.ts";

const count = z.int().nonnegative();
const state = z.strictObject({
  minimum: count,
  maximum: count,
  fallback: z.strictObject({ to: count, at: z.number() }).nullable(),
});

/** What the minimum falls back to, and when. */
export type Fallback = { to: number; at: number };

export type Floor = Keeper & {
  bounds(): Bounds;
  /** @throws Invalid when AWS would refuse it */
  setCapacity(capacity: number): void;
  /** Raises what is set to the minimum, where it is lower. @throws Invalid when AWS would refuse it */
  setMinimum(minimum: number, fallback: Fallback): void;
};

/**
 * A resource's own bounds. A minimum comes with a scheduled action (Auto Scaling's, or Application Auto Scaling's) that
 * takes it back: it happens even though nobody calls again.
 */
export function createFloor(resource: Resource, own: Bounds | undefined, workload: Workload): Floor {
  let now: z.infer<typeof state> = { ...boundsAtFirst(resource, own), fallback: null };

  function move(minimum: number): void {
    now.minimum = minimum;
    if (workload.units().desired < minimum) workload.setDesired(minimum);
  }

  return {
    bounds: () => ({ minimum: now.minimum, maximum: now.maximum }),
    setCapacity(capacity) {
      checkCapacity(resource, capacity, now);
      workload.setDesired(capacity);
    },
    setMinimum(minimum, fallback) {
      checkMinimum(resource, minimum, now);
      checkMinimum(resource, fallback.to, now);
      now.fallback = { ...fallback };
      move(minimum);
    },
    due: () => (now.fallback === null ? Number.POSITIVE_INFINITY : Math.ceil(now.fallback.at)),
    act() {
      if (now.fallback === null) return;
      const { to } = now.fallback;
      now.fallback = null;
      move(to);
    },
    snapshot: () => structuredClone(now),
    restore(snapshot) {
      now = state.parse(snapshot);
    },
  };
}

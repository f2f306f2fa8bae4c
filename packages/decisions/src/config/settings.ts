import * as z from "zod";
import { policySettings } from "../policies/registry.ts";
import { duration } from "./duration.ts";
import { coolDown, rates, stabilisation } from "./limits.ts";
import { resource } from "./resources.ts";
import { simulation } from "./simulation.ts";

const shape = {
  resource,
  /** `observe` only recommends; `control` sets the capacity. */
  mode: z.enum(["observe", "control"]).default("observe"),
  min: z.int().nonnegative(),
  max: z.int().positive(),
  /** From setting a higher capacity until the new units serve. */
  warmUp: duration.default(60),
  policies: z.array(policySettings).min(1),
  stabilisation: stabilisation.prefault({}),
  rate: rates.prefault({}),
  coolDown: coolDown.prefault({}),
};

type Bounded = { min: number; max: number; policies: { kind: string; of?: string }[] };

function checkBounds(target: Bounded, context: z.RefinementCtx): void {
  if (target.min > target.max) {
    context.addIssue({ code: "custom", path: ["min"], message: `is above max, which is ${target.max}` });
  }
  const seesTotals = target.policies.some((policy) => policy.kind === "queue" || policy.of === "total");
  if (target.min === 0 && !seesTotals) {
    const message = 'of 0 needs a policy that sees the total load (a "queue" policy, or "target-tracking" of: "total")';
    context.addIssue({ code: "custom", path: ["min"], message: `${message}, or nothing could raise it again` });
  }
}

/** What `decide` knows of a target's configuration. */
export const targetSettings = z.strictObject(shape).superRefine(checkBounds);
export type TargetSettings = z.infer<typeof targetSettings>;

/** One target in `headroom.config.ts`. */
export const targetConfig = z.strictObject({ ...shape, simulation: simulation.optional() }).superRefine(checkBounds);
export type TargetConfig = z.infer<typeof targetConfig>;

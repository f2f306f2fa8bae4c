import * as z from "zod";
import { alarmOf } from "../alarms.ts";
import { type PolicySettings, policySettings } from "../policies/registry.ts";
import { rememberedLooks } from "./duration.ts";
import { fallback, foreignWrites, guards, spend } from "./guards.ts";
import { coolDown, rates, stabilisation } from "./limits.ts";
import { hasMinimum, leastUnits, type Resource, resource } from "./resources.ts";
import { simulation } from "./simulation.ts";

const shape = {
  resource,
  /**
   * `observe` only recommends; `floor` moves the resource's own minimum and leaves the rest to native scaling; `control`
   * sets the capacity.
   */
  mode: z.enum(["observe", "floor", "control"]).default("observe"),
  min: z.int().nonnegative(),
  max: z.int().positive(),
  /** From setting a higher capacity until the new units serve. */
  warmUp: rememberedLooks.default(60),
  policies: z.array(policySettings).min(1),
  stabilisation: stabilisation.prefault({}),
  rate: rates.prefault({}),
  coolDown: coolDown.prefault({}),
  fallback: fallback.optional(),
  foreignWrites: foreignWrites.default({ policy: "adopt" }),
  spend: spend.optional(),
  guards: guards.prefault({}),
  /** Buy one CloudWatch alarm that wakes this target early: see `alarmOf`. */
  wake: z.literal("alarm").optional(),
  /** Where the resource is, and the role to act with; without them, where Headroom itself runs. Another account needs one. */
  account: z
    .string()
    .regex(/^\d{12}$/, "is not an account id: twelve digits")
    .optional(),
  region: z.string().min(1).optional(),
  role: z.string().startsWith("arn:").optional(),
};

type Windowed = { kind: string; windows?: { floor?: number | undefined; ceiling?: number | undefined }[] };

/** A schedule works within the bounds: what lies outside of them could never be. */
function checkWindows(
  { min, max, policies }: { min: number; max: number; policies: Windowed[] },
  context: z.RefinementCtx,
) {
  for (const [policy, { windows = [] }] of policies.entries()) {
    for (const [window, { floor, ceiling }] of windows.entries()) {
      const path = ["policies", policy, "windows", window];
      if (ceiling !== undefined && ceiling < min) {
        context.addIssue({ code: "custom", path: [...path, "ceiling"], message: `is below min, which is ${min}` });
      }
      if (floor !== undefined && floor > max) {
        context.addIssue({ code: "custom", path: [...path, "floor"], message: `is above max, which is ${max}` });
      }
    }
  }
}

type Exceeding = { kind: string; exceedMax?: { upTo: number } | undefined };

/** A peak that is forecast may only raise the maximum. */
function checkPeaks({ max, policies }: { max: number; policies: Exceeding[] }, context: z.RefinementCtx): void {
  for (const [policy, { exceedMax }] of policies.entries()) {
    if (exceedMax === undefined || exceedMax.upTo > max) continue;
    const path = ["policies", policy, "exceedMax", "upTo"];
    context.addIssue({ code: "custom", path, message: `is not above max, which is ${max}` });
  }
}

type Bounded = {
  min: number;
  max: number;
  mode: string;
  resource: { kind: Resource["kind"] };
  fallback?: { capacity: number } | undefined;
  policies: PolicySettings[];
  wake?: "alarm" | undefined;
};

type Placed = { account?: string | undefined; role?: string | undefined };

/** Without a role of the account it would be Headroom's own that is read: whatever has the same name there. */
function checkPlace({ account, role }: Placed, context: z.RefinementCtx): void {
  if (account === undefined) return;
  if (role === undefined) {
    const message = "needs a role in that account to act with: add role, or leave account out if Headroom runs there";
    context.addIssue({ code: "custom", path: ["account"], message });
  } else if (!new RegExp(`^arn:[^:]+:iam::${account}:role/.`).test(role)) {
    context.addIssue({ code: "custom", path: ["role"], message: `is no role of the account ${account}` });
  }
}

function checkBounds(target: Bounded, context: z.RefinementCtx): void {
  const least = leastUnits(target.resource.kind);
  if (least !== undefined && target.min < least) {
    const message = `is below ${least}, which is the least that AWS lets ${target.resource.kind} have`;
    context.addIssue({ code: "custom", path: ["min"], message });
  }
  if (target.min > target.max) {
    context.addIssue({ code: "custom", path: ["min"], message: `is above max, which is ${target.max}` });
  }
  const seesTotals = target.policies.some(
    (policy) => policy.kind === "queue" || (policy.kind === "target-tracking" && policy.of === "total"),
  );
  if (target.min === 0 && !seesTotals) {
    const message = 'of 0 needs a policy that sees the total load (a "queue" policy, or "target-tracking" of: "total")';
    context.addIssue({ code: "custom", path: ["min"], message: `${message}, or nothing could raise it again` });
  }
  if (target.mode === "floor" && !hasMinimum(target.resource.kind)) {
    const message = `"floor" needs a resource with a minimum of its own, and ${target.resource.kind} has none`;
    context.addIssue({ code: "custom", path: ["mode"], message });
  }
  if (target.wake === "alarm" && alarmOf(target) === undefined) {
    const message = `needs "target-tracking", or "step" with a step that raises and has a "from", on a metric that is no counter and has periods of 10 s or more`;
    context.addIssue({ code: "custom", path: ["wake"], message: `${message}: leave it out, or add such a policy` });
  }
  if (target.fallback !== undefined && target.fallback.capacity > target.max) {
    context.addIssue({
      code: "custom",
      path: ["fallback", "capacity"],
      message: `is above max, which is ${target.max}`,
    });
  }
}

function check(target: Bounded & Placed & { policies: (Windowed & Exceeding)[] }, context: z.RefinementCtx): void {
  checkBounds(target, context);
  checkPlace(target, context);
  checkWindows(target, context);
  checkPeaks(target, context);
}

/** What `decide` knows of a target's configuration. */
export const targetSettings = z.strictObject(shape).superRefine(check);
export type TargetSettings = z.infer<typeof targetSettings>;

/** One target in `headroom.config.ts`. */
export const targetConfig = z.strictObject({ ...shape, simulation: simulation.optional() }).superRefine(check);
export type TargetConfig = z.infer<typeof targetConfig>;

import * as z from "zod";
import type { Signal } from "../config/signals.ts";
import type { Reason } from "../reasons.ts";
import { scheduleWindow } from "../schedule/window.ts";
import type { PolicyContext, PolicyResult } from "./policy.ts";

export const settings = z.strictObject({
  kind: z.literal("schedule"),
  windows: z.array(scheduleWindow).min(1),
});
type Settings = z.infer<typeof settings>;

export function signals(): Signal[] {
  return [];
}

/**
 * Asks for the highest floor that is open, where it is not reached. A floor keeps nobody from lowering to it: that is
 * the business of bounds, of which it is one. Where nothing looks at load the schedule is all there is, and capacity
 * goes back to the minimum when its windows close.
 */
export function propose(_: Settings, context: PolicyContext): PolicyResult {
  const { floor } = context;
  const reason: Reason = floor === 0 ? { code: "noWindow", data: {} } : { code: "windowFloor", data: { floor } };
  const capacity = context.alone ? Math.max(floor, context.min) : floor;
  if (!context.alone && (floor === 0 || floor < context.desired)) return { proposal: { is: "satisfied", reason } };
  return { proposal: { is: "proposes", capacity, reason } };
}

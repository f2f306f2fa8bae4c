import * as z from "zod";

export const type = "headroom.tick.due";

/**
 * In: EventBridge Scheduler, every minute. `at` is the instant for which the tick was scheduled, not the one at which it
 * arrives: the schedule's input has the context attribute `<aws.scheduler.scheduled-time>` in its place.
 */
export const tickDue = z.strictObject({
  version: z.literal(1).default(1),
  at: z.iso.datetime(),
});
export type TickDue = z.infer<typeof tickDue>;

export const sample: z.input<typeof tickDue> = { version: 1, at: "2026-01-01T00:00:00Z" };

import * as z from "zod";

export const type = "headroom.forecast.due";

/**
 * In: EventBridge Scheduler, every quarter of an hour: forecasts are to be made, or made again for one target whose
 * forecast has just been demoted.
 */
export const forecastDue = z.strictObject({
  version: z.literal(1).default(1),
  at: z.iso.datetime(),
  target: z.string().min(1).optional(),
});
export type ForecastDue = z.infer<typeof forecastDue>;

export const sample: z.input<typeof forecastDue> = { version: 1, at: "2026-01-01T00:00:00Z" };

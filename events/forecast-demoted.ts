import * as z from "zod";
import { metadata } from "./capacity-changed.ts";

export const type = "headroom.forecast.demoted";

/** A policy whose forecasts are trusted no longer, or again, and why. */
export const judgement = z.strictObject({
  target: z.string().min(1),
  policy: z.string().min(1),
  why: z.string().min(1),
});

/** Out: a forecast is on probation. It asks for nothing until it has proven itself; the other policies carry on. */
export const forecastDemoted = z.strictObject({ metadata, data: judgement });
export type ForecastDemoted = z.infer<typeof forecastDemoted>;

export const sample: z.input<typeof forecastDemoted> = {
  metadata: { version: 1, id: "web@1767268800#predictive", at: "2026-01-01T12:00:00Z", fleet: "shop" },
  data: {
    target: "web",
    policy: "predictive",
    why: "31 % of the last hour was at or below the 0.9 quantile",
  },
};

import * as z from "zod";
import { metadata } from "./capacity-changed.ts";
import { judgement } from "./forecast-demoted.ts";

export const type = "headroom.forecast.promoted";

/** Out: a forecast that was on probation has proven itself and is trusted again. */
export const forecastPromoted = z.strictObject({ metadata, data: judgement });
export type ForecastPromoted = z.infer<typeof forecastPromoted>;

export const sample: z.input<typeof forecastPromoted> = {
  metadata: { version: 1, id: "web@1767276000#predictive", at: "2026-01-01T14:00:00Z", fleet: "shop" },
  data: {
    target: "web",
    policy: "predictive",
    why: "91 % was covered since, with 0.62 times the error of repeating yesterday",
  },
};

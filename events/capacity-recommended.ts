import * as z from "zod";
import { change, metadata } from "./capacity-changed.ts";

export const type = "headroom.capacity.recommended";

/** Out: in observe mode Headroom would have set another capacity. Nothing was changed. */
export const capacityRecommended = z.strictObject({ metadata, data: change });
export type CapacityRecommended = z.infer<typeof capacityRecommended>;

export const sample: z.input<typeof capacityRecommended> = {
  metadata: { version: 1, id: "checkout@1767268800", at: "2026-01-01T12:00:00Z", fleet: "shop" },
  data: {
    sets: "capacity",
    target: "checkout",
    from: 20,
    to: 14,
    reasons: [
      {
        code: "belowTarget",
        sentence:
          "ProvisionedConcurrencyUtilization is 0.45 per unit against a target of 0.7: 13.2 units' worth, so 14 units are enough and 20 are set.",
      },
      { code: "observing", sentence: "In observe mode Headroom only says what it would do: set 14 units." },
    ],
  },
};

import * as z from "zod";
import { metadata } from "./capacity-changed.ts";

export const type = "headroom.attention.raised";

/** Out: something that a person should know. The same is told once an hour while it lasts. */
export const attentionRaised = z.strictObject({
  metadata,
  data: z.strictObject({
    target: z.string().min(1),
    /** Text, not a list of all: a subscriber must not break when a new one appears. */
    kind: z.string().min(1),
    sentence: z.string().min(1),
  }),
});
export type AttentionRaised = z.infer<typeof attentionRaised>;

export const sample: z.input<typeof attentionRaised> = {
  metadata: { version: 1, id: "web@1767268800#at-maximum", at: "2026-01-01T12:00:00Z", fleet: "shop" },
  data: { target: "web", kind: "at-maximum", sentence: "The maximum is 40 units, so not 46." },
};

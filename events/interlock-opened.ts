import * as z from "zod";
import { metadata } from "./capacity-changed.ts";

export const type = "headroom.interlock.opened";

/** What restrains a target's scaling, and since when. */
export const interlock = z.strictObject({
  target: z.string().min(1),
  interlock: z.string().min(1),
  since: z.iso.datetime(),
  why: z.string().min(1),
});

/** Out: something elsewhere began to restrain a target's scaling. */
export const interlockOpened = z.strictObject({ metadata, data: interlock });
export type InterlockOpened = z.infer<typeof interlockOpened>;

export const sample: z.input<typeof interlockOpened> = {
  metadata: { version: 1, id: "web@1767268800#deployment", at: "2026-01-01T12:00:00Z", fleet: "shop" },
  data: { target: "web", interlock: "deployment", since: "2026-01-01T12:00:00Z", why: "a deployment is running" },
};

import * as z from "zod";
import { metadata } from "./capacity-changed.ts";

export const type = "headroom.lease.ended";

/** Out: an operator's lease ran out, or was taken back. */
export const leaseEnded = z.strictObject({
  metadata,
  data: z.strictObject({
    target: z.string().min(1),
    kind: z.enum(["pause", "pin", "limit"]),
    owner: z.string().min(1),
    reason: z.string().min(1),
    until: z.iso.datetime(),
    /** False when it was taken back before its time. */
    ranOut: z.boolean(),
  }),
});
export type LeaseEnded = z.infer<typeof leaseEnded>;

export const sample: z.input<typeof leaseEnded> = {
  metadata: { version: 1, id: "web@1767268800#pause", at: "2026-01-01T12:00:00Z", fleet: "shop" },
  data: {
    target: "web",
    kind: "pause",
    owner: "ada",
    reason: "load test",
    until: "2026-01-01T12:00:00Z",
    ranOut: true,
  },
};

import * as z from "zod";
import { metadata } from "./capacity-changed.ts";

export const type = "headroom.interlock.closed";

/** Out: what restrained a target's scaling since `since` does so no longer. */
export const interlockClosed = z.strictObject({
  metadata,
  data: z.strictObject({ target: z.string().min(1), interlock: z.string().min(1), since: z.iso.datetime() }),
});
export type InterlockClosed = z.infer<typeof interlockClosed>;

export const sample: z.input<typeof interlockClosed> = {
  metadata: { version: 1, id: "web@1767269400#deployment", at: "2026-01-01T12:10:00Z", fleet: "shop" },
  data: { target: "web", interlock: "deployment", since: "2026-01-01T12:00:00Z" },
};

import * as z from "zod";
import { duration } from "./duration.ts";

const perPeriod = z.union([
  z.strictObject({ units: z.int().positive(), per: duration }),
  z.strictObject({ percent: z.number().positive(), per: duration }),
]);

const rate = z.strictObject({
  allow: z.array(perPeriod).min(1),
  /** Which of them counts: the one that allows most, or the one that allows least. */
  select: z.enum(["loosest", "strictest"]).default("loosest"),
});
export type Rate = z.infer<typeof rate>;

/** How long a lower proposal must have stood before capacity falls (`in`), a higher one before it rises (`out`). */
export const stabilisation = z.strictObject({ in: duration.default(300), out: duration.default(0) });

/** How much capacity may change within a period, by direction; without an entry there is no limit. */
export const rates = z.strictObject({ in: rate.optional(), out: rate.optional() });

/** How long after a change (and the warm-up of what it added) capacity may not change again, by direction. */
export const coolDown = z.strictObject({ in: duration.default(0), out: duration.default(0) });

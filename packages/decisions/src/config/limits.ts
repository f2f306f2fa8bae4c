import * as z from "zod";
import { durationUpTo, rememberedLooks } from "./duration.ts";

/** Changes are few: they are remembered for longer than looks. */
const rememberedChanges = durationUpTo("6h", "and changes of a target are remembered for no longer");

const perPeriod = z.union([
  z.strictObject({ units: z.int().positive(), per: rememberedChanges }),
  z.strictObject({ percent: z.number().positive(), per: rememberedChanges }),
]);

const rate = z.strictObject({
  allow: z.array(perPeriod).min(1),
  /** Which of them counts: the one that allows most, or the one that allows least. */
  select: z.enum(["loosest", "strictest"]).default("loosest"),
});
export type Rate = z.infer<typeof rate>;

/** How long a lower proposal must have stood before capacity falls (`in`), a higher one before it rises (`out`). */
export const stabilisation = z.strictObject({ in: rememberedLooks.default(300), out: rememberedLooks.default(0) });

/** How much capacity may change within a period, by direction; without an entry there is no limit. */
export const rates = z.strictObject({ in: rate.optional(), out: rate.optional() });

/** How long after a change (and the warm-up of what it added) capacity may not change again, by direction. */
export const coolDown = z.strictObject({
  in: rememberedChanges.default(0),
  out: rememberedChanges.default(0),
});

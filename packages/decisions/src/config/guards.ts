import * as z from "zod";
import { duration, durationUpTo } from "./duration.ts";
import { metricSignal } from "./signals.ts";

const positive = z.number().positive();
const units = z.int().nonnegative();

/** What to run when nothing can be seen for long; never less than what there is. */
export const fallback = z.strictObject({ after: duration, capacity: units });

/** What happens when somebody else sets the capacity. */
export const foreignWrites = z.discriminatedUnion("policy", [
  /** Take it as the new capacity and go on from there. */
  z.strictObject({ policy: z.literal("adopt") }),
  /** Leave it alone for a while. */
  z.strictObject({
    policy: z.literal("hold"),
    duration: durationUpTo("24h", "and whoever wants to leave a target alone for longer pauses it").default(900),
  }),
  /** Set back what was there, at most so often an hour; then adopt it, and say so: no write wars. */
  z.strictObject({ policy: z.literal("restore"), atMostPerHour: z.int().min(1).max(2).default(2) }),
]);
export type ForeignWrites = z.infer<typeof foreignWrites>;

/** Money: increases are capped by it, and it never lowers. Costs are in any one currency. */
export const spend = z.strictObject({
  /** Cost of one unit for an hour. */
  unitHour: positive,
  /** What may be spent within `per`, looking back from now. */
  budget: positive,
  per: duration,
  /** No raise to a capacity that would use up the budget so many times faster than it lasts. */
  breaker: z.number().min(1).optional(),
});
export type Spend = z.infer<typeof spend>;

export const guards = z.strictObject({
  /** Demand collapses while errors are present: clients have given up and will all be back. No scale-in meanwhile. */
  retryStorm: z
    .strictObject({
      /** A count of errors in a period. */
      errors: metricSignal,
      /** So many in a period are more than the usual few. */
      above: z.number().nonnegative(),
      /** Demand below this share of the highest proposal within the scale-in window is a collapse. */
      collapse: z.number().min(0).max(1).default(0.5),
    })
    .optional(),
  /** The database that this target writes to: while it is known to lag, no more writers are added. */
  downstream: z.strictObject({ database: z.string().min(1) }).optional(),
});

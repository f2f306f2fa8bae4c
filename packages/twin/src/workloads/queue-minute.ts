import * as z from "zod";
import { BOOT_UTILISATION } from "./boot.ts";

/** One minute of a queue that is over, and how it stood at its end. `at` is its beginning; messages, and seconds of age. */
export const queueMinute = z.strictObject({
  at: z.number(),
  sent: z.number(),
  deleted: z.number(),
  visible: z.number(),
  inFlight: z.number(),
  delayed: z.number(),
  oldestAge: z.number(),
  /** The age that SQS reports, which leaves out messages that were received three times. */
  reportedAge: z.number(),
  ready: z.number(),
  readySeconds: z.number(),
  /** Seconds of units that were starting and sent samples, and the share of their CPU that those used. */
  bootSeconds: z.number(),
  bootUtilisation: z.number(),
  /** Share of the workers (0 to 1) that worked in each second in which a unit was ready. */
  utilisation: z.array(z.number()),
});
export type QueueMinute = z.infer<typeof queueMinute>;

/** A minute that has just begun. */
export function emptyMinute(at: number): QueueMinute {
  return {
    ...{ at, sent: 0, deleted: 0 },
    ...{ visible: 0, inFlight: 0, delayed: 0, oldestAge: 0, reportedAge: 0 },
    ...{ ready: 0, readySeconds: 0, bootSeconds: 0, bootUtilisation: BOOT_UTILISATION },
    utilisation: [],
  };
}

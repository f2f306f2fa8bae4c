import * as z from "zod";
import { stream } from "./random.ts";

// CloudWatch calls a queue active for six hours after its last message or call; of one that is not it gets no datapoints,
// and after it wakes up they come with a delay of up to 15 minutes (SQS developer guide, "Available CloudWatch metrics").

const INACTIVE_AFTER_SECONDS = 6 * 3600;
/** Documented is "up to 15 minutes"; that it is rarely below five is an assumption. */
const WAKING_SECONDS = [300, 900] as const;

const activityState = z.strictObject({ last: z.number(), woke: z.number().nullable() });

/** What CloudWatch knows of when a queue was used. */
export function createActivity(id: string, seed: number, start: number) {
  let state: z.infer<typeof activityState> = { last: start, woke: null };

  return {
    /** Somebody used the queue at `second`. */
    touch(second: number): void {
      if (second - state.last >= INACTIVE_AFTER_SECONDS) state.woke = second;
      state.last = Math.max(state.last, second);
    },
    /** Before when nothing of the minute that ended at `end` can be read; undefined where it has no datapoint at all. */
    readable(end: number): number | undefined {
      if (end - state.last >= INACTIVE_AFTER_SECONDS) return undefined;
      if (state.woke === null) return end;
      const delay = stream(seed, `waking ${id} ${state.woke}`).uniform(...WAKING_SECONDS);
      return Math.max(end, state.woke + delay);
    },
    snapshot: () => ({ ...state }),
    restore(snapshot: unknown): void {
      state = activityState.parse(snapshot);
    },
  };
}

export type Activity = ReturnType<typeof createActivity>;

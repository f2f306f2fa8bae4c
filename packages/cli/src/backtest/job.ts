import { row } from "@headroom/twin/backtest/row";
import * as z from "zod";

// What the thread that runs the command and the threads that play contenders tell each other.

/** Everything a thread needs to play any contender of one backtest. */
export const job = z.strictObject({
  load: z.strictObject({ minutes: z.instanceof(Float64Array), start: z.number(), perUnit: z.number() }),
  options: z.strictObject({
    ...{ min: z.number(), max: z.number(), startDelay: z.number(), queue: z.boolean() },
    runIn: z.number(),
  }),
});
export type Job = z.infer<typeof job>;

/** To a thread: which contender is to be played. */
export const order = z.strictObject({ policy: z.string() });

/** From a thread. */
export const report = z.discriminatedUnion("is", [
  /** One more run is over. */
  z.strictObject({ is: z.literal("run") }),
  z.strictObject({ is: z.literal("row"), row }),
]);
export type Report = z.infer<typeof report>;

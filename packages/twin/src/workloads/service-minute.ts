import * as z from "zod";
import { BOOT_UTILISATION } from "./boot.ts";

/** One minute of a service that is over. `at` is its beginning, requests are counted, latencies in seconds. */
export const serviceMinute = z.strictObject({
  at: z.number(),
  arrived: z.number(),
  served: z.number(),
  /** Errors of requests that reached a unit, and of those for which there was none. */
  shed: z.number(),
  unroutable: z.number(),
  /** Arrivals divided by the units that were ready, added up. */
  perUnit: z.number(),
  /** Sum of the units that were ready in each second, how many at the end, and the unit-seconds that were busy. */
  readySeconds: z.number(),
  ready: z.number(),
  /** The same of units that were starting and sent samples, whose utilisation is `bootUtilisation`. */
  bootSeconds: z.number(),
  bootUtilisation: z.number(),
  busySeconds: z.number(),
  /** Requests that are worked on at once, on the average of each second that had any. */
  concurrency: z.array(z.number()),
  /** Utilisation (0 to 1) of each second in which a unit was ready. */
  utilisation: z.array(z.number()),
  /** Mean latency of each second that served requests, and how many it served. */
  latency: z.array(z.strictObject({ value: z.number(), weight: z.number() })),
});
export type ServiceMinute = z.infer<typeof serviceMinute>;

/** Ten seconds of a service that are over, as the application itself counts: requests, and the share of units that were busy. */
export const serviceTen = z.strictObject({ at: z.number(), arrived: z.number(), utilisation: z.array(z.number()) });
export type ServiceTen = z.infer<typeof serviceTen>;

/** A minute that has just begun. */
export function emptyMinute(at: number): ServiceMinute {
  return {
    at,
    arrived: 0,
    served: 0,
    shed: 0,
    unroutable: 0,
    perUnit: 0,
    readySeconds: 0,
    ready: 0,
    bootSeconds: 0,
    bootUtilisation: BOOT_UTILISATION,
    busySeconds: 0,
    concurrency: [],
    utilisation: [],
    latency: [],
  };
}

/** Ten seconds that have just begun. */
export function emptyTen(at: number): ServiceTen {
  return { at, arrived: 0, utilisation: [] };
}

import * as z from "zod";
import { duration } from "./duration.ts";

const units = z.int().nonnegative();
const positive = z.number().positive();
const rate = z.number().nonnegative();

/** Load of a simulated workload: a daily wave, noise and bursts, in requests or messages a second. */
export const traffic = z.strictObject({
  /** Mean over a day. */
  mean: rate,
  /** Height of the daily wave as a share of the mean: 0.6 swings between 0.4 and 1.6 times the mean. */
  swing: z.number().min(0).max(1).default(0.5),
  /** Hour of the day, UTC, at which the wave is highest. */
  peakHour: z.number().min(0).max(24).default(14),
  /** Standard deviation of one minute around the wave, as a share of it. */
  noise: z.number().min(0).max(1).default(0.05),
  /** Load on Saturday and Sunday as a share of the other days'. */
  weekend: z.number().min(0).max(2).default(1),
  /** Rare surges: how many a day on average, how many times the load, how long. */
  bursts: z.strictObject({ perDay: rate, factor: z.number().min(1), lasts: duration }).optional(),
});
export type Traffic = z.infer<typeof traffic>;

/** What happens to units besides load. */
const life = {
  /** From the start of a unit until it serves. */
  startUp: duration,
  /** Capacity at the beginning. */
  initial: units,
  /** Share of its CPU that a unit uses while it starts. Without it only units that a deployment starts use any: 0.95. */
  bootUtilisation: z.number().min(0).max(1).optional(),
  /** Of an Auto Scaling group: instances that are kept initialised, and start in a quarter of the time. */
  warmPool: units.optional(),
  /** AWS target tracking is in charge too, between the resource's own bounds: a share of utilisation. */
  native: z
    .strictObject({
      target: z.number().gt(0).max(1),
      /** False: it only raises, as a backstop. */
      scaleIn: z.boolean().optional(),
    })
    .optional(),
  /** How many a day on average, and how long old and new units run side by side. */
  deployments: z.strictObject({ perDay: rate, lasts: duration.default(300) }).optional(),
  /** Somebody else sets the capacity, so often a day on average. */
  foreignWrites: z.strictObject({ perDay: rate }).optional(),
};

/** Units that answer requests: arrivals become utilisation, latency and errors. */
const service = z.strictObject({
  workload: z.literal("service"),
  /** Requests a second that keep one unit fully busy. */
  perUnit: positive,
  /** Seconds that a request takes on an idle unit. */
  latency: positive.default(0.1),
  /** A minute violates the objective when its mean latency is above this many seconds, or its errors above `maxErrors`. */
  maxLatency: positive.default(0.5),
  maxErrors: z.number().min(0).max(1).default(0.01),
  ...life,
  /** The application pushes its own metrics to this namespace every 10 s: `Requests` and `Utilisation`. */
  push: z.strictObject({ namespace: z.string().min(1) }).optional(),
  traffic,
});

/** Units that work messages off a queue. */
const queue = z.strictObject({
  workload: z.literal("queue"),
  queue: z.string().min(1),
  /** Seconds that a worker needs for one message. */
  secondsPerMessage: positive,
  /** Messages that one unit works on at a time. */
  concurrencyPerUnit: z.int().positive().default(1),
  /** A minute violates the objective when the oldest message is older than this at its end. */
  maxAge: duration,
  /** Every message waits this long before it becomes visible. */
  delay: duration.default(0),
  ...life,
  /** Messages that a worker receives at a time; they are in flight together. */
  batch: z.int().min(1).max(10).optional(),
  /** A FIFO queue: of each of so many message groups, one batch is in flight at a time. */
  fifo: z.strictObject({ groups: z.int().positive() }).optional(),
  /** Share of the messages that fail whenever they are tried. */
  poison: z.number().min(0).max(1).optional(),
  /** A message that was received so often without being deleted becomes a dead letter. */
  maxReceives: z.int().positive().optional(),
  /** Units protect themselves from scale-in while they work. */
  protect: z.boolean().optional(),
  traffic,
});

/** How the twin plays one target when no account is there. Deployed, it means nothing. */
export const simulation = z.discriminatedUnion("workload", [service, queue]);
export type Simulation = z.infer<typeof simulation>;
export type ServiceSimulation = Extract<Simulation, { workload: "service" }>;
export type QueueSimulation = Extract<Simulation, { workload: "queue" }>;

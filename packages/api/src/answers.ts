import { lease, standing } from "@headroom/decisions/model";
import { keptForecasts } from "@headroom/loops/forecasts/kept";
import * as z from "zod";

// What the API answers, as JSON. Instants are ISO 8601 in UTC here, and capacities units; only inside records, which are
// given as they are stored, instants are seconds since the epoch.

const instant = z.iso.datetime();
const count = z.int().nonnegative();

const capacity = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("capacity"), desired: count, running: count, ready: count }),
  z.strictObject({ is: z.literal("failed"), why: z.string() }),
]);

/** The newest record in brief. */
const latest = z.strictObject({
  at: instant,
  decision: z.enum(["scale", "hold"]),
  /** Set before; null when it could not be read. */
  from: count.nullable(),
  /** What was set or, in observe mode, recommended; null when neither. */
  to: count.nullable(),
  outcome: z.enum(["none", "announced", "waiting", "done", "notDone"]),
  /** The reason that settled what was set or recommended. */
  code: z.string(),
  sentence: z.string(),
  /** Since when this reason has settled every decision; `orEarlier` when it did so before what was looked at. */
  since: z.strictObject({ at: instant, orEarlier: z.boolean() }),
});

export const leaseKind = z.enum(lease.options.map((option) => option.shape.kind.value));

const leaseInForce = z.strictObject({
  kind: leaseKind,
  /** `*` for all. */
  target: z.string(),
  /** What it does, who granted it, until when and why. */
  sentence: z.string(),
  until: instant,
  /** Seconds until then. */
  left: count,
});
export type LeaseInForce = z.infer<typeof leaseInForce>;

/** What an operator changed, or with `dryRun` would change. */
export const leaseChange = z.strictObject({
  at: instant,
  dryRun: z.boolean(),
  target: z.string(),
  kind: leaseKind,
  /** Who changes it, and why; null when nothing was said. */
  owner: z.string(),
  reason: z.string().nullable(),
  before: leaseInForce.nullable(),
  after: leaseInForce.nullable(),
});
export type LeaseChange = z.infer<typeof leaseChange>;

/** An interlock that was open at the last tick. */
const openInterlock = z.strictObject({
  name: z.string(),
  since: instant,
  /** What it is about, where a record says so. */
  why: z.string().nullable(),
});

/** Something that a person was told within the last hour. */
const told = z.strictObject({ kind: z.string(), at: instant });

/** One target now. */
export const targetStatus = z.strictObject({
  id: z.string(),
  kind: z.string(),
  mode: z.string(),
  /** The bounds in force. */
  min: count,
  max: count,
  capacity,
  latest: latest.nullable(),
  leases: z.array(leaseInForce),
  interlocks: z.array(openInterlock),
  told: z.array(told),
});
export type TargetStatus = z.infer<typeof targetStatus>;

/** The fleet now. */
export const fleetStatus = z.strictObject({
  fleet: z.string(),
  now: instant,
  /** The newest tick; null before the first. */
  tick: instant.nullable(),
  targets: z.array(targetStatus),
});
export type FleetStatus = z.infer<typeof fleetStatus>;

/** Records as `encodeRecord` makes them, newest first. */
export const recordList = z.strictObject({ records: z.array(z.json()) });
export type RecordList = z.infer<typeof recordList>;

/** What would be decided now, as a record; or nothing, because a tick is acting on the target. */
export const consideredNow = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("considered"), record: z.json() }),
  z.strictObject({ is: z.literal("busy"), until: instant }),
]);

/** Every answer that is not a success. */
export const failure = z.strictObject({ error: z.string(), message: z.string() });
export type Failure = z.infer<typeof failure>;

/** The forecasts of one target by their policies, as they are stored, and how much each policy's are trusted. */
export const forecastList = z.strictObject({
  target: z.string(),
  forecasts: keptForecasts,
  standings: z.record(z.string(), standing),
});
export type ForecastList = z.infer<typeof forecastList>;

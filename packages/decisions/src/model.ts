import * as z from "zod";
import { targetSettings } from "./config/settings.ts";
import type { Reason } from "./reasons.ts";

// Everywhere in Headroom: an instant is a number of seconds since 1970-01-01T00:00:00Z, a duration a number of seconds.

const count = z.int().nonnegative();

/** One datapoint; `at` is the start of its period. JSON knows no NaN and no infinity, so they travel by name. */
export const point = z.strictObject({
  at: z.number(),
  value: z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]),
  /** How many units sent samples, where that is known. */
  units: z.number().nonnegative().optional(),
});
export type Point = z.infer<typeof point>;

/** What a World answers for one signal. Whether it can be trusted is decided later, by `trust`. */
export const signalAnswer = z.discriminatedUnion("is", [
  /** Datapoints, oldest first, at most one a period. */
  z.strictObject({ is: z.literal("series"), period: z.number(), points: z.array(point) }),
  /** Queue attributes, in messages, as they were at `at`. */
  z.strictObject({
    is: z.literal("queue"),
    at: z.number(),
    visible: z.number(),
    inFlight: z.number(),
    delayed: z.number(),
  }),
  z.strictObject({ is: z.literal("failed"), why: z.string() }),
]);
export type SignalAnswer = z.infer<typeof signalAnswer>;

/** What a World answers for the capacity of one target, in units. */
export const capacityAnswer = z.discriminatedUnion("is", [
  z.strictObject({
    is: z.literal("capacity"),
    at: z.number(),
    /** What the resource was last told to have. */
    desired: count,
    /** Units that exist, still starting or serving. */
    running: count,
    /** Units that are healthy where they serve. */
    ready: count,
    /** The resource's own lower bound: what native scaling, or anybody, does not go below. */
    minimum: count.optional(),
    /** The resource's own upper bound: what AWS refuses to go above. */
    maximum: count.optional(),
    /** A deployment is running. Where the platform cannot tell, this is absent, which is not false. */
    deploying: z.boolean().optional(),
    /** Units that are busy and protected from being taken. */
    protected: count.optional(),
    /**
     * What else may lower it, in words for people; none when nothing may, and null where that could not be found out.
     * Absent where it does not matter.
     */
    rivals: z.array(z.string()).nullable().optional(),
  }),
  z.strictObject({ is: z.literal("failed"), why: z.string() }),
]);
export type CapacityAnswer = z.infer<typeof capacityAnswer>;
export type Capacity = Extract<CapacityAnswer, { is: "capacity" }>;

/** One look at a target, kept so that later looks know what capacity was when. `proposal` is the one before limits. */
export const moment = z.strictObject({
  at: z.number(),
  proposal: count.nullable(),
  desired: count,
  running: count,
  ready: count,
});
export type Moment = z.infer<typeof moment>;

/** A change of a target's capacity: ours, or one that somebody else wrote. */
export const action = z.strictObject({
  /** When it had been made. Of a change whose maker died: when it had been made at the latest. */
  at: z.number(),
  /** The tick that decided it; others' changes have none. It is some seconds before `at`, or more when that tick was late. */
  decidedAt: z.number().optional(),
  from: count,
  to: count,
  by: z.enum(["headroom", "foreign"]),
});
export type Action = z.infer<typeof action>;

/**
 * A raise that an objective asked for: when, how fast the error budget burned, how many units were set before the first
 * raise of this burning, and whether it is known to have been made.
 */
export const boost = z.strictObject({ at: z.number(), burn: z.number(), base: count, made: z.boolean() });
export type Boost = z.infer<typeof boost>;

/** Unit-seconds used within one stretch of time that began at `from`. */
export const usage = z.strictObject({ from: z.number(), unitSeconds: z.number() });
export type Usage = z.infer<typeof usage>;

/** Sums that fade with time: seconds judged, how many of them were covered, or exceeded by far, and errors of a forecast. */
const tally = z.strictObject({
  seconds: z.number(),
  covered: z.number(),
  exceeded: z.number().default(0),
  error: z.number(),
  naiveError: z.number(),
  load: z.number(),
});

/** How much the forecasts for a policy are trusted, and what they have proven of late. */
export const standing = z.strictObject({
  is: z.enum(["trusted", "probation"]),
  /** Why it was demoted, or promoted; null when it never was. */
  why: z.string().nullable(),
  /** What it is a forecast of. */
  of: z.string(),
  since: z.number(),
  /** The newest step that was judged. */
  at: z.number(),
  /** The share of the time that the judged quantile is to cover. */
  level: z.number(),
  hour: tally,
  day: tally,
});
export type Standing = z.infer<typeof standing>;

/** A maximum that a forecast raised for a peak, and until when. */
export const raisedMax = z.strictObject({ max: count, until: z.number() });
export type RaisedMax = z.infer<typeof raisedMax>;

/** What one tick hands to the next besides what it saw. */
const carried = {
  /** By queue: the instant by which the present backlog is due to be gone. */
  drainBy: z.record(z.string(), z.number()),
  /** By policy: raises that did not end the burning yet. */
  boosts: z.record(z.string(), z.array(boost)),
  /** By name: since when an interlock has been open. */
  interlocks: z.record(z.string(), z.number()),
  /** When a policy could last see; null before the first tick. */
  trustedAt: z.number().nullable(),
  /** Since when more capacity has been asked for than a limit lets through; null while that is not so. */
  blockedSince: z.number().nullable(),
  /** The maximum while a peak that was forecast lasts; null when there is none. */
  raisedMax: raisedMax.nullable(),
  /** Oldest first: what was used, for the spend guard. */
  usage: z.array(usage),
};
export const carry = z.strictObject(carried);
export type Carry = z.infer<typeof carry>;

/** What is remembered of a target between ticks. */
export const memory = z.strictObject({
  /** Oldest first. */
  ring: z.array(moment),
  /** Oldest first; long enough for the longest period that a limit counts in. */
  actions: z.array(action),
  ...carried,
  /** Since when what was decided has been waiting for its turn at a busy API. */
  waitingSince: z.number().nullable(),
  /** By policy: how much its forecasts are trusted. */
  standings: z.record(z.string(), standing),
  /** By kind: when a person was last told. */
  told: z.record(z.string(), z.number()),
  /** By kind: since when something has kept a target from being looked after. */
  troubles: z.record(z.string(), z.number()).default({}),
  /** The newest full record: when, and its binding reason. */
  recorded: z.strictObject({ at: z.number(), code: z.string() }).nullable(),
});
export type Memory = z.infer<typeof memory>;

export const nothingRemembered: Memory = {
  ring: [],
  actions: [],
  drainBy: {},
  boosts: {},
  interlocks: {},
  trustedAt: null,
  blockedSince: null,
  raisedMax: null,
  usage: [],
  waitingSince: null,
  standings: {},
  told: {},
  troubles: {},
  recorded: null,
};

const granted = { owner: z.string().min(1), reason: z.string().min(1), until: z.number() };

/** An operator's word on one target, or on all (`target: "*"`), that ends by itself at `until`. */
export const lease = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pause"),
    target: z.string(),
    direction: z.enum(["both", "in", "out"]),
    ...granted,
  }),
  z.strictObject({ kind: z.literal("pin"), target: z.string(), capacity: count, ...granted }),
  z.strictObject({
    kind: z.literal("limit"),
    target: z.string(),
    min: count.optional(),
    max: count.optional(),
    ...granted,
  }),
]);
export type Lease = z.infer<typeof lease>;

/** Something elsewhere that is going on, or known not to be, as of `at`. */
export const fact = z.strictObject({ on: z.boolean(), at: z.number(), since: z.number(), why: z.string() });
export type Fact = z.infer<typeof fact>;

/** Facts from elsewhere in the system. One whose source does not exist or does not answer is absent: that is not false. */
export const facts = z.strictObject({
  drill: fact.optional(),
  release: fact.optional(),
  /** The fleet as a whole would shrink too much in one pass. */
  brake: fact.optional(),
  /** By database: whether its replicas are known to lag. */
  lagging: z.record(z.string(), fact).optional(),
});
export type Facts = z.infer<typeof facts>;

/**
 * What a forecast says at a tick, in the unit of its policy's signal: the quantile of the most that is to be expected
 * from `from` to `to`, when units that are asked for now begin to serve (`ahead`), and from now to `to` (`soon`), both
 * brought up to what is known of the present load by then.
 */
export const outlook = z.discriminatedUnion("is", [
  z.strictObject({
    is: z.literal("forecast"),
    madeAt: z.number(),
    /** The share of the time in which the load stays below what is expected. */
    level: z.number(),
    from: z.number(),
    to: z.number(),
    ahead: z.number().nonnegative(),
    soon: z.number().nonnegative(),
    /** The most from now to `to` as it was forecast, whatever has come since; absent where that is the same. */
    peak: z.number().nonnegative().optional(),
    /** Load of the newest minutes, and what was said of them; absent where nobody knows. */
    present: z.strictObject({ load: z.number().nonnegative(), said: z.number().nonnegative() }).optional(),
    /** Why it is on probation; null while it is trusted. */
    probation: z.string().nullable(),
  }),
  z.strictObject({ is: z.literal("none"), why: z.string() }),
]);
export type Outlook = z.infer<typeof outlook>;

/** Everything that a decision depends on. */
export const decideInput = z.strictObject({
  target: z.string(),
  /** The instant that identifies the tick: when it was scheduled. */
  at: z.number(),
  /** What the clock said when the answers were in: it judges freshness. */
  now: z.number(),
  /** Seconds between ticks. */
  tick: z.number().positive(),
  settings: targetSettings,
  capacity: capacityAnswer,
  /** By `signalKey`. */
  answers: z.record(z.string(), signalAnswer),
  memory,
  /** By policy: what its forecast says. One that does not exist is absent. */
  outlooks: z.record(z.string(), outlook),
  leases: z.array(lease),
  facts,
  /** Starts of the periods that an alarm named when it woke this tick: they count as settled. */
  named: z.array(z.number()),
});
export type DecideInput = z.infer<typeof decideInput>;

/** What a policy says. Capacities are whole units. */
export type Proposal =
  | {
      is: "proposes";
      capacity: number;
      reason: Reason;
      /** Below this capacity the policy would ask for more at once. */
      breachBelow?: number | undefined;
    }
  /** Has nothing to ask: it neither raises nor keeps others from lowering. */
  | { is: "satisfied"; reason: Reason }
  /** Would have something to say if it could see: it keeps others from lowering. */
  | { is: "blind"; reason: Reason };

export type Proposed = { policy: string } & Proposal;

/** `scale` changes capacity, `hold` doesn't; both say why. The last reason is the binding one. */
export type Decision =
  | { is: "scale"; sets: "capacity" | "minimum"; from: number; to: number; reasons: Reason[] }
  | { is: "hold"; at: number | null; recommended: number | null; reasons: Reason[] };

/** What one limit did to the proposal: only those that changed something are listed. */
export type Limited = { limit: string; from: number; to: number; reason: Reason };

/** What a tick saw and decided. `decide(record.input)` gives the same record again. */
export type TickRecord = {
  version: 1;
  input: DecideInput;
  proposals: Proposed[];
  /** The proposals combined, before limits; null when capacity was unknown. */
  combined: number | null;
  limits: Limited[];
  decision: Decision;
  /** What the next tick should remember; `ring`, `actions` and `recorded` are kept by the loop. */
  carry: Carry;
  /** Interlocks that are open, with what they are about. */
  interlocks: { name: string; since: number; why: string }[];
};

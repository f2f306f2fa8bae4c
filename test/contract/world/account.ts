import type { Resource } from "@headroom/decisions/config/resources";
import type { DeadLetter, OutgoingEvent, World } from "@headroom/loops/world";

// What the contract needs of an implementation: accounts with certain resources in them, and eyes on what a World did.

export type Kind = Resource["kind"];

/** A resource that has had so many units for long enough that all of them serve. Its bounds are its own, at AWS. */
export type GivenTarget = {
  kind: Kind;
  units: number;
  min: number;
  max: number;
  /** It is a target in floor mode; otherwise in control. */
  isFloor?: boolean;
  /** AWS target tracking is in charge too, of a kind that has it. */
  native?: { scaleIn: boolean };
};

/** Values that were published `ago` seconds before the present minute began: one sample each. */
export type GivenSamples = { ago: number; values: readonly number[] };
export type GivenMetric = {
  namespace: string;
  metric: string;
  dimensions?: Record<string, string>;
  samples: readonly GivenSamples[];
};

/** Messages in a queue. Delayed ones come with no others: a queue delays all or none. */
export type GivenQueue = { name: string } & ({ visible: number; inFlight: number } | { delayed: number });

export type Given = {
  targets?: readonly GivenTarget[];
  metrics?: readonly GivenMetric[];
  queues?: readonly GivenQueue[];
};

/** What the World calls a target, as every port takes it. */
export type Named = Parameters<World["capacities"]["set"]>[0];

export type Account = {
  world: World;
  /** The start of the minute that was current when the account was made, in seconds since the epoch. */
  minute: number;
  /** The targets that were asked for, in their order. */
  targets: readonly Named[];
  /** A target of that kind whose resource does not exist. */
  missing(kind: Kind): Named;
  /** Waits until units that were asked for serve. */
  settle(): Promise<void>;
  /** Begins to replace the units of a target by a new version. */
  deploy(target: Named): Promise<void>;
  /** Every minimum that AWS itself will set, and when. */
  fallbacks(target: Named): Promise<{ to: number; at: number }[]>;
  /** What came on the bus, in no certain order. */
  published(): Promise<OutgoingEvent[]>;
  /** Bodies of the messages that were sent to the queue of shards, in no certain order. */
  shards(): Promise<unknown[]>;
  /** What was buried, in no certain order. */
  buried(): Promise<DeadLetter[]>;
};

/** One implementation: makes accounts that do not get into each other's way. */
export type Accounts = {
  given(given: Given): Promise<Account>;
};

/** Registers one case of the contract with the runner of tests. */
export type Check = (name: string, body: () => Promise<void>) => void;

/** An implementation under test: `accounts` is asked for within a case, when everything has been started. */
export type Subject = { accounts: () => Accounts; check: Check };

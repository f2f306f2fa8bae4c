import type { Place } from "@headroom/decisions/config/place";
import type { Resource } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import type { CapacityAnswer } from "@headroom/decisions/model";
import type { Clock } from "@headroom/loops/world";
import type { Where } from "../arn.ts";
import type { Connect } from "../clients.ts";
import type { Grant } from "../grants.ts";

/** What a minimum falls back to by itself, and when: units, and seconds since the epoch. */
export type Fallback = { to: number; at: number };

/** A resource of one kind among those that are read together, all in one place. */
export type Asked<R extends Resource> = { id: string; resource: R };

/** One for which it matters what else may lower it; `max` are the most units that Headroom sets. */
export type Contested<R extends Resource> = Asked<R> & { max: number };

/** What an adapter works with. */
export type Wires = { connect: Connect; clock: Clock };

/** How resources of one kind are read and changed at AWS. */
export type Adapter<R extends Resource> = {
  /**
   * The capacity of each, by id, in as few calls as the API takes; `failed` for those that could not be read. One that
   * is missing in what it gives was not found.
   */
  read(asked: readonly Asked<R>[], place: Place): Promise<Map<string, CapacityAnswer>>;
  /** @throws NotFound, Conflict, Throttled, Denied, Invalid */
  set(resource: R, capacity: number, place: Place): Promise<void>;
  /** @throws NotFound, Conflict, Throttled, Denied, Invalid for kinds that have no minimum */
  setMinimum(resource: R, minimum: number, fallback: Fallback, place: Place): Promise<void>;
  /**
   * What else may lower the capacity of each, by id, in words for people; empty when nothing.
   * @throws NotFound, Throttled, Denied, Invalid
   */
  rivals(asked: readonly Contested<R>[], place: Place): Promise<Map<string, string[]>>;
};

/**
 * One kind of target at AWS: a file beside this one that exports these. What calls AWS is in `adapters/`, and loaded by
 * `load` alone: permissions are asked for where no client is wanted.
 */
export type TargetKind<R extends Resource> = {
  /** Where AWS describes the calls that it makes. */
  documentation: string;
  /** The permissions that a target in this mode needs. */
  grants(resource: R, where: Where, mode: TargetConfig["mode"]): Grant[];
  load(): Promise<{ adapter(wires: Wires): Adapter<R> }>;
};

import { type Place, placeOf } from "@headroom/decisions/config/place";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { type Signal, signalKey } from "@headroom/decisions/config/signals";
import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import type { CapacityAnswer, Lease, SignalAnswer } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import type { Shard } from "./shards.ts";
import type { Addressed, World } from "./world.ts";

export type FleetTarget = { id: string; config: TargetConfig };

/** What a look at a shard found: one answer for every target and for every signal. */
export type Observed = {
  capacities: Map<string, CapacityAnswer>;
  answers: Map<string, SignalAnswer>;
  leases: Lease[];
};

/** Every signal that a target's policies and guards want, siblings included. */
export function signalsFor(config: TargetConfig): Signal[] {
  const { retryStorm } = config.guards;
  const wanted = [
    ...config.policies.flatMap((policy) => signalsOf(policy)),
    ...(retryStorm ? [retryStorm.errors] : []),
  ];
  return wanted.flatMap((signal): Signal[] =>
    signal.source !== "queue" && signal.zeroWhile !== undefined
      ? [signal, { ...signal.zeroWhile, maxAge: Math.max(signal.maxAge, signal.zeroWhile.maxAge) }]
      : [signal],
  );
}

/** What kept us from an answer, when it is the kind of error that others may be spared; anything else is thrown on. */
export function expected(error: unknown): string {
  const kinds = [Throttled, Denied, NotFound, Invalid, Conflict];
  if (error instanceof Error && kinds.some((kind) => error instanceof kind)) return `${error.name}: ${error.message}`;
  throw error;
}

function distinct(signals: readonly Signal[]): Signal[] {
  return [...new Map(signals.map((signal) => [signalKey(signal), signal])).values()];
}

async function capacitiesOf(world: World, targets: readonly Addressed[]): Promise<Map<string, CapacityAnswer>> {
  try {
    return await world.capacities.read(targets);
  } catch (error) {
    const why = expected(error);
    return new Map(targets.map(({ id }) => [id, { is: "failed", why }]));
  }
}

type Questions = { signals: readonly Signal[]; since: number; place: Place };

async function answersTo(world: World, { signals, since, place }: Questions): Promise<Map<string, SignalAnswer>> {
  try {
    return await world.signals.read(signals, since, place);
  } catch (error) {
    const why = expected(error);
    return new Map(signals.map((signal) => [signalKey(signal), { is: "failed", why }]));
  }
}

/** How far back a metric must be read to find every datapoint that may still be used, in seconds. */
function reach(signals: readonly Signal[]): number {
  const each = signals.map((signal) =>
    signal.source !== "queue" ? signal.maxAge + signal.delay + signal.history + 2 * signal.period : 0,
  );
  return Math.max(0, ...each);
}

/**
 * Looks at a shard, in as few calls as there are ports. A port that fails gives `failed` answers for what was asked of
 * it; the leases are the operators' word and have no such answer, so without them the tick fails and is tried again.
 */
export async function observe(world: World, { place, targets }: Pick<Shard, "place" | "targets">): Promise<Observed> {
  const now = world.clock.now();
  const signals = distinct(targets.flatMap(({ config }) => signalsFor(config)));
  const [capacities, answers, leases] = await Promise.all([
    capacitiesOf(world, targets.map(addressed)),
    answersTo(world, { signals, since: now - reach(signals), place }),
    world.stores.leases.list(now),
  ]);
  return { capacities, answers, leases };
}

/** A target as the World addresses it. */
export function addressed({ id, config }: FleetTarget): Addressed {
  return { id, resource: config.resource, place: placeOf(config) };
}

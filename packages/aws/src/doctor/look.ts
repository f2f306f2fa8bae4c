import type { Fleet } from "@headroom/decisions/config/fleet";
import { HERE, placeName } from "@headroom/decisions/config/place";
import { signalKey } from "@headroom/decisions/config/signals";
import type { CapacityAnswer, SignalAnswer } from "@headroom/decisions/model";
import { addressed, signalsFor } from "@headroom/loops/observe";
import { type Shard, shardsOf } from "@headroom/loops/shards";
import type { Addressed, Clock } from "@headroom/loops/world";
import type { Where } from "../arn.ts";
import { createCapacities } from "../capacities.ts";
import type { ClientSettings, Connect } from "../clients.ts";
import { mostUnits } from "../most-units.ts";
import { createSignals } from "../signals/read.ts";
import { whyOf } from "./failure.ts";
import type { Exchange } from "./traffic.ts";

/** How far back metrics are looked for, in seconds: long enough for one that has data only while there is load. */
export const METRICS_SECONDS = 3 * 3600;

/** What checks look at: the fleet, and what AWS says of it, read once for all of them. */
export type Look = {
  fleet: Fleet;
  /** Where whoever asks is, and as who. */
  here: Where;
  caller: string;
  /** The role whose permissions are of interest; the caller's own without it. */
  role: string | undefined;
  connect: Connect;
  clock: Clock;
  /** By target. What else may lower a target is looked for whatever its mode. */
  capacities: Promise<ReadonlyMap<string, CapacityAnswer>>;
  /** By target, then by signal: the datapoints of the last hours. */
  signals: Promise<ReadonlyMap<string, ReadonlyMap<string, SignalAnswer>>>;
  /** What went over the wire so far. */
  exchanges(): readonly Exchange[];
};

type Wires = { connect: Connect; clock: Clock; settings: ClientSettings };

type Reading = Wires & { contested(target: string): number };

async function capacitiesOf(targets: readonly Addressed[], wires: Reading): Promise<[string, CapacityAnswer][]> {
  try {
    return [...(await createCapacities(wires).read(targets))];
  } catch (error) {
    const why = whyOf(error);
    return targets.map(({ id }) => [id, { is: "failed", why }]);
  }
}

/** In parts of one kind and place, so that what goes wrong in one of them stays there. */
async function readCapacities(fleet: Fleet, wires: Wires): Promise<Map<string, CapacityAnswer>> {
  const all = Object.entries(fleet.targets).map(([id, config]) => addressed({ id, config }));
  const contested = (target: string) => mostUnits(fleet.targets[target]);
  const alike = Map.groupBy(all, ({ resource: { kind }, place = HERE }) => `${kind} ${placeName(place)}`);
  const each = [...alike.values()].map((targets) => capacitiesOf(targets, { ...wires, contested }));
  return new Map((await Promise.all(each)).flat());
}

type Answers = ReadonlyMap<string, SignalAnswer>;

async function signalsOf({ place, targets }: Shard, wires: Wires): Promise<[string, Answers][]> {
  const wanted = targets.flatMap(({ config }) => signalsFor(config));
  const since = wires.clock.now() - METRICS_SECONDS;
  try {
    const answers = await createSignals(wires).read(wanted, since, place);
    return targets.map(({ id }) => [id, answers]);
  } catch (error) {
    const failed: SignalAnswer = { is: "failed", why: whyOf(error) };
    const answers = new Map(wanted.map((signal) => [signalKey(signal), failed]));
    return targets.map(({ id }) => [id, answers]);
  }
}

async function readSignals(fleet: Fleet, wires: Wires): Promise<Map<string, Answers>> {
  return new Map((await Promise.all(shardsOf(fleet).map((shard) => signalsOf(shard, wires)))).flat());
}

/** Begins to read what checks need; they wait for what they use. */
export function readings(fleet: Fleet, wires: Wires): Pick<Look, "capacities" | "signals"> {
  return { capacities: readCapacities(fleet, wires), signals: readSignals(fleet, wires) };
}

import type { Fleet } from "@headroom/decisions/config/fleet";
import type { CapacityAnswer, SignalAnswer } from "@headroom/decisions/model";
import { addressed, signalsFor } from "@headroom/loops/observe";
import { shardsOf } from "@headroom/loops/shards";
import type { Clock } from "@headroom/loops/world";
import type { Where } from "../arn.ts";
import { createCapacities } from "../capacities.ts";
import type { ClientSettings, Connect } from "../clients.ts";
import { createSignals } from "../signals/read.ts";
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

async function readSignals(fleet: Fleet, wires: Wires) {
  const signals = createSignals(wires);
  const since = wires.clock.now() - METRICS_SECONDS;
  const shards = await Promise.all(
    shardsOf(fleet).map(async ({ place, targets }) => {
      const answers = await signals.read(
        targets.flatMap(({ config }) => signalsFor(config)),
        since,
        place,
      );
      return targets.map(({ id }) => [id, answers] as const);
    }),
  );
  return new Map(shards.flat());
}

/** Begins to read what checks need; they wait for what they use. */
export function readings(fleet: Fleet, wires: Wires): Pick<Look, "capacities" | "signals"> {
  const targets = Object.entries(fleet.targets).map(([id, config]) => addressed({ id, config }));
  return {
    capacities: createCapacities({ ...wires, contested: () => true }).read(targets),
    signals: readSignals(fleet, wires),
  };
}

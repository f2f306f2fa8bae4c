import type { Resource } from "@headroom/decisions/config/resources";
import type { Simulation } from "@headroom/decisions/config/simulation";
import { Invalid } from "@headroom/decisions/errors";
import * as z from "zod";
import type { Activity } from "./activity.ts";
import type { Bounds } from "./bounds.ts";
import { createDeployments, type Deployments } from "./deployments.ts";
import { createFloor, type Floor } from "./floor.ts";
import { createForeignWriters } from "./foreign-writers.ts";
import { type Keeper, liveWith } from "./keeper.ts";
import type { Kept, Metrics } from "./metrics.ts";
import { createNative } from "./native.ts";
import { publishPast } from "./past.ts";
import { publishingQueue, publishingService } from "./publishing.ts";
import type { Load } from "./workloads/load.ts";
import type { QueueWorkload } from "./workloads/queue.ts";
import { replay } from "./workloads/replay.ts";
import type { Trace } from "./workloads/trace.ts";
import { trafficLoad } from "./workloads/traffic.ts";
import type { Workload } from "./workloads/workload.ts";

/** A resource to simulate; its bounds are wide where none are given. */
export type SimulatedTarget = {
  id: string;
  resource: Resource;
  simulation: Simulation;
  bounds?: Bounds | undefined;
  /** The metrics that its forecasts learn from. */
  histories?: readonly Kept[] | undefined;
};

/** One resource of the account and what happens in it. */
export type Resident = {
  target: SimulatedTarget;
  workload: Workload;
  queue: QueueWorkload | undefined;
  activity: Activity | undefined;
  floor: Floor;
  deployments: Deployments;
  /** Lives on until `second`, with everything at AWS that changes the resource by itself. */
  advanceTo(second: number): void;
  /** Publishes the load of the time before `second`, where forecasts are made of it; a replayed trace has no past. */
  remember(second: number): void;
  /** The whole state as plain JSON. */
  snapshot(): unknown;
  /** @throws ZodError when it is no snapshot of this kind of resident */
  restore(snapshot: unknown): void;
};

type Settling = {
  seed: number;
  start: number;
  trace: Trace | undefined;
  metrics: Metrics;
  /** Where the simulation does not say how often somebody else sets the capacity. */
  foreignWritesPerDay: number;
};

type Lived = { load: Load; workload: Workload; queue?: QueueWorkload; activity?: Activity };

/** The load and the units of a target, which publish their metrics. */
function workloadOf(target: SimulatedTarget, { seed, start, trace, metrics }: Settling): Lived {
  const { id, resource, simulation } = target;
  const load: Load = trace === undefined ? trafficLoad(simulation.traffic, seed, id) : replay(trace, start);
  const wires = { id, resource, load, seed, start, metrics };
  if (simulation.workload === "service")
    return { load, workload: publishingService({ ...wires, settings: simulation }) };
  const { queue, activity } = publishingQueue({ ...wires, settings: simulation });
  return { load, workload: queue, queue, activity };
}

/** Everything at AWS that changes a resource by itself, by name. */
function keepersOf(target: SimulatedTarget, workload: Workload, floor: Floor, settling: Settling) {
  const { id, resource, simulation } = target;
  const { seed, start, metrics, foreignWritesPerDay } = settling;
  const perDay = simulation.foreignWrites?.perDay ?? foreignWritesPerDay;
  const deployments = createDeployments({ id, seed, start, workload, simulated: simulation.deployments });
  const writers = createForeignWriters({ id, seed, start, perDay, initial: simulation.initial, floor });
  const keepers: Record<string, Keeper> = { floor, deployments, writers };
  if (simulation.native !== undefined) {
    keepers.native = createNative({ resource, settings: simulation.native, metrics, workload, floor, start });
  }
  return { deployments, keepers };
}

const residentState = z.strictObject({
  workload: z.unknown(),
  activity: z.unknown(),
  keepers: z.record(z.string(), z.unknown()),
});

/** Makes the simulated resource of a target, and what at AWS changes it by itself. */
export function settleIn(target: SimulatedTarget, settling: Settling): Resident {
  const { load, workload, queue, activity } = workloadOf(target, settling);
  const floor = createFloor(target.resource, target.bounds, workload);
  const { deployments, keepers } = keepersOf(target, workload, floor, settling);
  const named = Object.entries(keepers);
  const all = Object.values(keepers);
  return {
    ...{ target, workload, queue, activity, floor, deployments },
    advanceTo: (second) => liveWith(all, workload.advanceTo, second),
    remember(second) {
      const { histories = [] } = target;
      const { seed, metrics, trace } = settling;
      if (trace === undefined) publishPast({ ...target, load, seed, metrics, histories }, second);
    },
    snapshot: () => ({
      workload: workload.snapshot(),
      activity: activity?.snapshot() ?? null,
      keepers: Object.fromEntries(named.map(([name, keeper]) => [name, keeper.snapshot()])),
    }),
    restore(snapshot) {
      const state = residentState.parse(snapshot);
      workload.restore(state.workload);
      activity?.restore(state.activity);
      for (const [name, keeper] of named) keeper.restore(state.keepers[name]);
    },
  };
}

/**
 * Residents by what identifies them; those without it are left out.
 * @throws Invalid when two have the same
 */
export function byKey(residents: readonly Resident[], keyOf: (resident: Resident) => string | undefined) {
  const found = new Map<string, Resident>();
  for (const resident of residents) {
    const key = keyOf(resident);
    if (key === undefined) continue;
    const other = found.get(key);
    if (other !== undefined) {
      throw new Invalid(`targets ${other.target.id} and ${resident.target.id} simulate the same ${key}: keep one`);
    }
    found.set(key, resident);
  }
  return found;
}

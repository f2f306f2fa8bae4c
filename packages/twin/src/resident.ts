import type { Resource } from "@headroom/decisions/config/resources";
import type { Simulation } from "@headroom/decisions/config/simulation";
import { Invalid } from "@headroom/decisions/errors";
import type { Metrics } from "./metrics.ts";
import { publishedOfQueue, publishedOfService } from "./published.ts";
import { stream } from "./random.ts";
import type { Load } from "./workloads/load.ts";
import { createQueue, type QueueWorkload } from "./workloads/queue.ts";
import { replay } from "./workloads/replay.ts";
import { createService } from "./workloads/service.ts";
import type { Trace } from "./workloads/trace.ts";
import { trafficLoad } from "./workloads/traffic.ts";
import type { Workload } from "./workloads/workload.ts";

export type SimulatedTarget = { id: string; resource: Resource; simulation: Simulation };

/** One resource of the account and what happens in it. */
export type Resident = { target: SimulatedTarget; workload: Workload; queue: QueueWorkload | undefined };

/** What people call the resource; no other has the same name. */
export function nameOf(resource: Resource): string {
  switch (resource.kind) {
    case "ecs-service":
      return `ECS service ${resource.cluster}/${resource.service}`;
    case "auto-scaling-group":
      return `Auto Scaling group ${resource.group}`;
    case "lambda-provisioned-concurrency":
      return `provisioned concurrency of ${resource.function}:${resource.alias}`;
  }
}

type Settling = { seed: number; start: number; trace: Trace | undefined; metrics: Metrics };

/** Makes the simulated resource of a target, which publishes its metrics. */
export function settleIn(target: SimulatedTarget, { seed, start, trace, metrics }: Settling): Resident {
  const { id, resource, simulation } = target;
  const load: Load = trace === undefined ? trafficLoad(simulation.traffic, seed, id) : replay(trace, start);
  if (simulation.workload === "queue") {
    const random = stream(seed, `queue ${id}`);
    const queue = createQueue({
      settings: simulation,
      load,
      random,
      start,
      onMinute(minute) {
        const published = publishedOfQueue(minute, resource, simulation.queue);
        for (const { metric, sample } of published) metrics.publish(metric, minute.at, sample);
      },
    });
    return { target, workload: queue, queue };
  }
  const workload = createService({
    settings: simulation,
    load,
    start,
    spills: resource.kind === "lambda-provisioned-concurrency",
    onMinute(minute) {
      const published = publishedOfService(minute, resource);
      for (const { metric, sample } of published) metrics.publish(metric, minute.at, sample);
    },
  });
  return { target, workload, queue: undefined };
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

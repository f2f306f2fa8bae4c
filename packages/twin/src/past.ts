import type { Resource } from "@headroom/decisions/config/resources";
import type { Simulation } from "@headroom/decisions/config/simulation";
import type { Kept, Metrics } from "./metrics.ts";
import { publishedOfQueue, publishedOfService, pushedByService } from "./published.ts";
import { stream } from "./random.ts";
import type { Load } from "./workloads/load.ts";
import { emptyMinute as emptyQueueMinute } from "./workloads/queue-minute.ts";
import { emptyMinute as emptyServiceMinute, emptyTen } from "./workloads/service-minute.ts";

const MINUTE = 60;

/** What says how much came, whatever there was to serve it. What units did in the past nobody simulated. */
const LOADS = ["RequestCount", "Invocations", "NumberOfMessagesSent", "Requests"];

type Past = {
  id: string;
  resource: Resource;
  simulation: Simulation;
  load: Load;
  seed: number;
  metrics: Metrics;
  /** The metrics that are wanted, and how far back. */
  histories: readonly Kept[];
};

/** Requests of a minute, from the very rates that a run lives through. */
function arrivedIn(load: Load, at: number): number {
  let arrived = 0;
  for (let second = at; second < at + MINUTE; second += 1) arrived += load.during(second);
  return arrived;
}

function publishedOf({ id, resource, simulation, load, seed }: Past, at: number) {
  const arrived = arrivedIn(load, at);
  if (simulation.workload === "queue") {
    const sent = stream(seed, `past ${id} ${at}`).poisson(arrived);
    return publishedOfQueue({ ...emptyQueueMinute(at), sent }, resource, simulation.queue);
  }
  const published = publishedOfService({ ...emptyServiceMinute(at), arrived }, resource);
  if (simulation.push === undefined) return published;
  // CloudWatch keeps ten seconds for three hours, and minutes of them from then on.
  return [...published, ...pushedByService({ ...emptyTen(at), arrived }, simulation.push.namespace, id)];
}

/**
 * Publishes the load of the time before `until` (epoch seconds), minute by minute, as far back as forecasts learn: it
 * depends on the seed and the instant alone, so a run has the past that it would have lived through.
 */
export function publishPast(past: Past, until: number): void {
  const back = past.histories.reduce((most, { retention }) => Math.max(most, retention), 0);
  const wanted = new Set(past.histories.map(({ metric }) => `${metric.namespace} ${metric.metric}`));
  const end = Math.floor(until / MINUTE) * MINUTE;
  for (let at = end - Math.floor(back / MINUTE) * MINUTE; at < end; at += MINUTE) {
    for (const { metric, sample } of publishedOf(past, at)) {
      const isWanted = LOADS.includes(metric.metric) && wanted.has(`${metric.namespace} ${metric.metric}`);
      if (isWanted) past.metrics.publish(metric, at, sample);
    }
  }
}

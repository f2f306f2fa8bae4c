import type { Resource } from "@headroom/decisions/config/resources";
import type { QueueSimulation, ServiceSimulation } from "@headroom/decisions/config/simulation";
import { type Activity, createActivity } from "./activity.ts";
import type { Metrics } from "./metrics.ts";
import { publishedOfQueue, publishedOfService, pushedByService } from "./published.ts";
import { stream } from "./random.ts";
import type { Load } from "./workloads/load.ts";
import { createQueue, type QueueWorkload } from "./workloads/queue.ts";
import { createService } from "./workloads/service.ts";
import type { ServiceTen } from "./workloads/service-minute.ts";
import type { Workload } from "./workloads/workload.ts";

type Wires<Settings> = {
  id: string;
  resource: Resource;
  settings: Settings;
  load: Load;
  seed: number;
  start: number;
  metrics: Metrics;
};

const MINUTE = 60;

/** Sends CloudWatch what the application of a target pushes. */
function pushes(id: string, namespace: string, metrics: Metrics): (ten: ServiceTen) => void {
  return (ten) => {
    for (const { metric, sample } of pushedByService(ten, namespace, id)) metrics.push(metric, ten.at, sample);
  };
}

/** A service whose metrics CloudWatch gets. */
export function publishingService(wires: Wires<ServiceSimulation>): Workload {
  const { id, resource, settings, load, start, metrics } = wires;
  return createService({
    settings,
    load,
    start,
    ...(settings.push === undefined ? {} : { onTen: pushes(id, settings.push.namespace, metrics) }),
    spills: resource.kind === "lambda-provisioned-concurrency",
    onMinute(minute) {
      for (const { metric, sample } of publishedOfService(minute, resource)) metrics.publish(metric, minute.at, sample);
    },
  });
}

/** A queue whose metrics CloudWatch gets while it calls it active. */
export function publishingQueue(wires: Wires<QueueSimulation>): { queue: QueueWorkload; activity: Activity } {
  const { id, resource, settings, load, seed, start, metrics } = wires;
  const activity = createActivity(id, seed, start);
  const queue = createQueue({
    settings,
    load,
    random: stream(seed, `queue ${id}`),
    start,
    polled: resource.kind === "event-source-concurrency",
    onMinute(minute) {
      const end = minute.at + MINUTE;
      // Workers poll, so a queue that has any is in use.
      const isUsed = minute.sent + minute.visible + minute.inFlight + minute.delayed + minute.readySeconds > 0;
      if (isUsed) activity.touch(minute.at);
      for (const { metric, sample } of publishedOfQueue(minute, resource, settings.queue)) {
        const readable = metric.namespace === "AWS/SQS" ? activity.readable(end) : end;
        if (readable !== undefined) metrics.publish(metric, minute.at, sample, readable);
      }
    },
  });
  return { queue, activity };
}

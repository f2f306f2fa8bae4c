import type { Resource, ResourceOf } from "@headroom/decisions/config/resources";
import type { Metric } from "./metrics.ts";
import { merge, type Sample, same } from "./samples.ts";
import type { QueueMinute } from "./workloads/queue-minute.ts";
import type { ServiceMinute, ServiceTen } from "./workloads/service-minute.ts";

// What AWS publishes of a minute, by kind of resource, with AWS's own rules for what has no datapoint at all: load
// balancers report no request count without requests and no error count without errors, Lambda reports nothing of a
// function that is not called.

type Published = { metric: Metric; sample: Sample };
type Dimensions = Metric["dimensions"];

const byNamespace = (namespace: string, dimensions: Dimensions) => (metric: string, sample: Sample) => ({
  metric: { namespace, metric, dimensions },
  sample,
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

type Used = { utilisation: number[]; readySeconds: number };
type Booted = { bootSeconds: number; bootUtilisation: number };

const SECONDS = 60;

/** Utilisation of the units that were ready: a sample of each unit, scaled by `scale`. */
function utilisation(minute: Used, scale: number): Sample {
  const values = minute.utilisation.map((value) => ({ value: value * scale, weight: 1 }));
  const seconds = minute.utilisation.length;
  const count = Math.max(1, Math.round(minute.readySeconds / seconds));
  const average = mean(minute.utilisation) * scale;
  return {
    sum: average * count,
    count,
    min: Math.min(...minute.utilisation) * scale,
    max: Math.max(...minute.utilisation) * scale,
    values,
    perUnit: true,
  };
}

/** A sample of each unit that was starting. */
function bootUtilisation({ bootSeconds, bootUtilisation: value }: Booted, scale: number): Sample[] {
  const count = Math.round(bootSeconds / SECONDS);
  return count === 0 ? [] : [{ ...same(value * scale, count), perUnit: true }];
}

/** How long requests took; the smallest and the largest are what exponential distribution lets expect of so many. */
function durations(minute: ServiceMinute, scale: number): Sample {
  const values = minute.latency.map(({ value, weight }) => ({ value: value * scale, weight }));
  return {
    sum: sum(values.map(({ value, weight }) => value * weight)),
    count: minute.served,
    min: Math.min(...values.map(({ value, weight }) => value / Math.max(1, weight))),
    max: Math.max(...values.map(({ value, weight }) => value * (1 + Math.log(Math.max(1, weight))))),
    values,
    exponential: true,
  };
}

function loadBalancer(minute: ServiceMinute, group: string): Published[] {
  const publish = byNamespace("AWS/ApplicationELB", { TargetGroup: group });
  const routed = minute.arrived - minute.unroutable;
  const found: Published[] = [];
  if (routed > 0) {
    found.push(publish("RequestCount", same(1, routed)));
    found.push(publish("RequestCountPerTarget", { sum: minute.perUnit, count: routed, min: 1, max: 1 }));
  }
  if (minute.served > 0) found.push(publish("TargetResponseTime", durations(minute, 1)));
  if (minute.shed > 0) found.push(publish("HTTPCode_Target_5XX_Count", same(1, minute.shed)));
  if (minute.unroutable > 0) found.push(publish("HTTPCode_ELB_5XX_Count", same(1, minute.unroutable)));
  return found;
}

function lambda(minute: ServiceMinute, name: string, alias: string): Published[] {
  if (minute.arrived === 0) return [];
  const publish = byNamespace("AWS/Lambda", { FunctionName: name, Resource: `${name}:${alias}` });
  const { concurrency } = minute;
  const found = [
    publish("Invocations", same(1, minute.arrived)),
    publish("Errors", { sum: minute.shed, count: minute.arrived, min: 0, max: minute.shed > 0 ? 1 : 0 }),
    publish("Duration", durations(minute, 1000)),
    publish("ConcurrentExecutions", {
      sum: sum(concurrency),
      count: concurrency.length,
      min: Math.min(...concurrency),
      max: Math.max(...concurrency),
      values: concurrency.map((value) => ({ value, weight: 1 })),
    }),
  ];
  if (minute.utilisation.length > 0) {
    const { perUnit: _, ...sample } = utilisation(minute, 1);
    found.push(publish("ProvisionedConcurrencyUtilization", sample));
  }
  return found;
}

/** CPU in per cent of the units that send samples: those that serve, and those that boot. */
function percent(minute: Used & Booted): Sample[] {
  const serving = minute.utilisation.length > 0 ? [utilisation(minute, 100)] : [];
  const samples = [...serving, ...bootUtilisation(minute, 100)];
  return samples.length === 0 ? [] : [merge(samples)];
}

/** How CloudWatch names the readers of an Aurora cluster; undefined for everything else that can be registered. */
export function readersOf({ dimension, resourceId }: ResourceOf<"application-auto-scaling">): Dimensions | undefined {
  if (dimension !== "rds:cluster:ReadReplicaCount") return undefined;
  return { DBClusterIdentifier: resourceId.replace(/^cluster:/, ""), Role: "READER" };
}

/** CPU of the units, where the resource has such a metric. */
function cpu(minute: Used & Booted, resource: Resource): Published[] {
  switch (resource.kind) {
    case "ecs-service": {
      const publish = byNamespace("AWS/ECS", { ClusterName: resource.cluster, ServiceName: resource.service });
      return percent(minute).map((sample) => publish("CPUUtilization", sample));
    }
    case "auto-scaling-group": {
      const publish = byNamespace("AWS/EC2", { AutoScalingGroupName: resource.group });
      return percent(minute).map((sample) => publish("CPUUtilization", sample));
    }
    case "application-auto-scaling": {
      const dimensions = readersOf(resource);
      const publish = byNamespace("AWS/RDS", dimensions ?? {});
      return dimensions === undefined ? [] : percent(minute).map((sample) => publish("CPUUtilization", sample));
    }
    case "event-source-concurrency": {
      if (minute.utilisation.length === 0) return [];
      const publish = byNamespace("AWS/Lambda", { FunctionName: resource.function });
      const units = minute.readySeconds / minute.utilisation.length;
      const { perUnit: _, ...sample } = utilisation({ ...minute, readySeconds: 1 }, units);
      return [publish("ConcurrentExecutions", sample)];
    }
    default:
      return [];
  }
}

/** The metrics of one minute of a service. */
export function publishedOfService(minute: ServiceMinute, resource: Resource): Published[] {
  switch (resource.kind) {
    case "ecs-service":
      return [...cpu(minute, resource), ...loadBalancer(minute, resource.service)];
    case "auto-scaling-group":
      return [...cpu(minute, resource), ...loadBalancer(minute, resource.group)];
    case "lambda-provisioned-concurrency":
      return lambda(minute, resource.function, resource.alias);
    case "application-auto-scaling":
      return cpu(minute, resource);
    case "event-source-concurrency":
      return [];
  }
}

/** What the application of a target pushes of ten seconds, in its own namespace. */
export function pushedByService(ten: ServiceTen, namespace: string, id: string): Published[] {
  const publish = byNamespace(namespace, { Target: id });
  const requests = publish("Requests", same(ten.arrived));
  if (ten.utilisation.length === 0) return [requests];
  const { utilisation: shares } = ten;
  const sample = { sum: sum(shares), count: shares.length, min: Math.min(...shares), max: Math.max(...shares) };
  return [requests, publish("Utilisation", sample)];
}

const counted = (messages: number) => (messages > 0 ? same(1, messages) : same(0));

/** The metrics of one minute of a queue and of the units that work on it. */
export function publishedOfQueue(minute: QueueMinute, resource: Resource, queue: string): Published[] {
  const publish = byNamespace("AWS/SQS", { QueueName: queue });
  return [
    ...cpu(minute, resource),
    publish("ApproximateNumberOfMessagesVisible", same(minute.visible)),
    publish("ApproximateNumberOfMessagesNotVisible", same(minute.inFlight)),
    publish("ApproximateNumberOfMessagesDelayed", same(minute.delayed)),
    publish("ApproximateAgeOfOldestMessage", same(minute.reportedAge)),
    publish("NumberOfMessagesSent", counted(minute.sent)),
    publish("NumberOfMessagesDeleted", counted(minute.deleted)),
  ];
}

import { alarmName } from "./alarms.ts";
import type { Fleet } from "./config/fleet.ts";
import type { TargetConfig } from "./config/settings.ts";
import type { CloudwatchSignal, MetricSignal } from "./config/signals.ts";
import { Invalid } from "./errors.ts";
import type { PolicySettings } from "./policies/registry.ts";

/** When a metric says that a target needs more than it may have: its value is above `threshold`, or just at it. */
export type Trigger = { signal: MetricSignal; comparison: "above" | "atOrAbove"; threshold: number };

/**
 * A CloudWatch alarm that wakes its target. `name` says which one to the function that the alarm reaches; `period` is in
 * seconds.
 */
export type WakeAlarm = Trigger & { target: string; name: string; period: number };

/** Metrics have periods of 1 and 5 seconds, alarms do not. */
const SHORTEST_PERIOD_SECONDS = 10;

type Of<Kind extends PolicySettings["kind"]> = Extract<PolicySettings, { kind: Kind }>;

/** A share of the load on all units says nothing without their number, which an alarm does not know. */
function ofTracking({ of, signals: [signal], target, tolerance }: Of<"target-tracking">): Trigger | undefined {
  if (of === "total" || signal === undefined) return undefined;
  return { signal, comparison: "above", threshold: target * (1 + tolerance.out) };
}

function adds({ change }: Of<"step">["steps"][number]): boolean {
  return ("units" in change && change.units > 0) || ("percent" in change && change.percent > 0);
}

/** The lowest step that adds capacity. */
function ofSteps({ signals: [signal], steps }: Of<"step">): Trigger | undefined {
  const from = steps.filter(adds).flatMap((step) => step.from ?? []);
  if (signal === undefined || from.length === 0) return undefined;
  return { signal, comparison: "atOrAbove", threshold: Math.min(...from) };
}

/** A backlog that the smallest capacity cannot drain in time: `min × c × T ÷ S` messages. */
function ofQueue(policy: Of<"queue">, min: number): Trigger {
  const { queue, secondsPerMessage: seconds, concurrencyPerUnit, drainWithin, maxReadingAge } = policy;
  const slowest = typeof seconds === "number" ? seconds : seconds.max;
  return {
    signal: {
      ...{ source: "cloudwatch", namespace: "AWS/SQS", metric: "ApproximateNumberOfMessagesVisible" },
      ...{ dimensions: { QueueName: queue }, statistic: "Maximum", period: 60 },
      ...{ delay: 0, maxAge: maxReadingAge, history: 0, counter: false },
    },
    comparison: "above",
    threshold: Math.floor((min * concurrencyPerUnit * drainWithin) / slowest),
  };
}

const questionOf = ({ namespace, metric, dimensions, statistic }: CloudwatchSignal) => ({
  ...{ namespace, metric, dimensions, statistic },
});

/** A latency that is too long, or a share of errors that burns the budget too fast. */
function ofObjective({ measure, slo, burnAbove }: Of<"objective">): Trigger | undefined {
  if (measure.by === "latency") return { signal: measure.latency, comparison: "above", threshold: measure.above };
  const { failed, all } = measure;
  if (failed.source === "math" || all.source === "math") return undefined;
  const { period, delay, maxAge, history } = failed;
  return {
    signal: {
      ...{ source: "math", expression: "failed / all", period, delay, maxAge, history, counter: false },
      metrics: { failed: questionOf(failed), all: questionOf(all) },
    },
    ...{ comparison: "above", threshold: (1 - slo) * burnAbove },
  };
}

function triggerOf(policy: PolicySettings, min: number): Trigger | undefined {
  switch (policy.kind) {
    case "target-tracking":
      return ofTracking(policy);
    case "step":
      return ofSteps(policy);
    case "queue":
      return ofQueue(policy, min);
    case "objective":
      return ofObjective(policy);
    case "schedule":
      return undefined;
  }
}

function wakeAlarm(fleet: string, target: string, { account, region, policies, min }: TargetConfig): WakeAlarm {
  const place = `headroom.config.ts: targets.${target}.wake`;
  if (account !== undefined || region !== undefined) {
    const fix = "leave wake out, or account and region if the target is there";
    throw new Invalid(`${place}: an alarm wakes only what is in the account and Region where Headroom runs: ${fix}`);
  }
  // An alarm sees what a counter says, not by how much it grew.
  const trigger = policies.flatMap((policy) => triggerOf(policy, min) ?? []).find(({ signal }) => !signal.counter);
  if (trigger === undefined) {
    const fix = 'give it a policy on an average, a queue, an objective or steps up, or leave out wake: "alarm"';
    throw new Invalid(`${place}: no policy has a metric with a threshold of its own: ${fix}`);
  }
  const period = Math.max(SHORTEST_PERIOD_SECONDS, trigger.signal.period);
  return { target, name: alarmName(fleet, target), period, ...trigger };
}

/**
 * The alarms that the fleet asks for, one a target: on the first of its policies whose metric by itself says that
 * capacity is short.
 * @throws Invalid when a target asks for one and cannot have it
 */
export function wakeAlarms({ name, targets }: Fleet): WakeAlarm[] {
  const asking = Object.entries(targets).filter(([, { wake }]) => wake === "alarm");
  return asking.map(([id, config]) => wakeAlarm(name, id, config));
}

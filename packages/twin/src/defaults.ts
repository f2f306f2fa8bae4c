import type { TargetConfig } from "@headroom/decisions/config/settings";
import type { Simulation } from "@headroom/decisions/config/simulation";

type Bounded = Pick<TargetConfig, "min" | "max" | "resource" | "policies">;

/** Seconds until a unit of each kind serves, and the requests a second that one can answer. */
const KINDS = {
  "ecs-service": { startUp: 45, perUnit: 50, latency: 0.1 },
  "auto-scaling-group": { startUp: 150, perUnit: 200, latency: 0.1 },
  "event-source-concurrency": { startUp: 10, perUnit: 5, latency: 0.2 },
  "lambda-provisioned-concurrency": { startUp: 60, perUnit: 5, latency: 0.2 },
  // Aurora readers, the usual ones.
  "application-auto-scaling": { startUp: 600, perUnit: 500, latency: 0.02 },
} as const satisfies Record<TargetConfig["resource"]["kind"], object>;

/** Units that the load keeps busy on a day's average: between the bounds, so that it swings within them. */
function usualUnits({ min, max }: Bounded): number {
  return Math.max(1, min, Math.round(min + (max - min) * 0.35));
}

function service(target: Bounded): Simulation {
  const { startUp, perUnit, latency } = KINDS[target.resource.kind];
  const units = usualUnits(target);
  const traffic = { mean: units * perUnit * 0.6, swing: 0.6, peakHour: 14, noise: 0.08, weekend: 0.7 };
  const rest = { perUnit, latency, maxLatency: latency * 5, maxErrors: 0.01, startUp, initial: units, traffic };
  return { workload: "service", ...rest };
}

type QueuePolicy = Extract<Bounded["policies"][number], { kind: "queue" }>;

/** The queue as the policy knows it; a measured service time lies in the middle of its bounds. */
function queue(target: Bounded, policy: QueuePolicy): Simulation {
  const units = usualUnits(target);
  const { secondsPerMessage: given, concurrencyPerUnit, delay } = policy;
  const secondsPerMessage = typeof given === "number" ? given : (given.min + given.max) / 2;
  return {
    workload: "queue",
    queue: policy.queue,
    secondsPerMessage,
    concurrencyPerUnit,
    maxAge: policy.maxAge ?? 2 * policy.drainWithin,
    delay,
    startUp: KINDS[target.resource.kind].startUp,
    initial: units,
    traffic: {
      mean: ((units * concurrencyPerUnit) / secondsPerMessage) * 0.6,
      swing: 0.5,
      peakHour: 14,
      noise: 0.1,
      weekend: 0.6,
      bursts: { perDay: 4, factor: 3, lasts: 600 },
    },
  };
}

/** A believable life for a target whose configuration does not describe one: a queue's, where a policy watches one. */
export function defaultSimulation(target: Bounded): Simulation {
  for (const policy of target.policies) {
    if (policy.kind === "queue") return queue(target, policy);
  }
  return service(target);
}

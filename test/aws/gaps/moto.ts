import type { Gap } from "./gap.ts";

const PAGE = /<!doctype|<html/i;

/** What moto 5.2.5 does not do as AWS's documentation says. */
export const motoGaps: readonly Gap[] = [
  {
    why: "moto has no provisioned concurrency (GET and PUT answer 404 with a page for browsers)",
    says: PAGE,
    cases: [
      "lambda-provisioned-concurrency: a settled target is read as it is",
      "lambda-provisioned-concurrency: its own bounds are read",
      "lambda-provisioned-concurrency: what does not exist is said, and keeps nothing else from being read",
      "lambda-provisioned-concurrency: more than one call takes are read",
      "lambda-provisioned-concurrency: it is raised",
      "lambda-provisioned-concurrency: it is lowered",
      "lambda-provisioned-concurrency: it is set to what it is",
      "lambda-provisioned-concurrency: it is set to the least that there is, and back",
      "lambda-provisioned-concurrency: what does not exist cannot be set",
      "lambda-provisioned-concurrency: without a deployment it says none, or that it cannot tell",
      "lambda-provisioned-concurrency: the minimum is raised, with its fallback booked at AWS",
      "lambda-provisioned-concurrency: a later call replaces the earlier fallback",
      "lambda-provisioned-concurrency: a minimum above the maximum is refused, and changes nothing",
      "lambda-provisioned-concurrency: the minimum of what does not exist cannot be moved",
      "lambda-provisioned-concurrency: what nothing else may lower has no rivals",
      "lambda-provisioned-concurrency: target tracking that may lower it is a rival, in words",
      "lambda-provisioned-concurrency: target tracking that only raises it is none",
      "capacities: kinds are read together",
    ],
  },
  {
    why: "moto's deployments are over as soon as they begin (rolloutState is COMPLETED where all tasks run)",
    says: /to match object \{ desired: 3, deploying: true \}/,
    cases: ["ecs-service: a deployment that is running is told"],
  },
  {
    why: "moto has no instance refresh",
    says: PAGE,
    cases: ["auto-scaling-group: a deployment that is running is told"],
  },
  {
    why: "moto's SetDesiredCapacity breaks on a group that does not exist (AWS: ValidationError)",
    says: PAGE,
    cases: ["auto-scaling-group: what does not exist cannot be set"],
  },
  {
    why: "moto takes capacities and minimums outside of their bounds (AWS refuses them)",
    says: /promise resolved "undefined" instead of rejecting/,
    cases: [
      "auto-scaling-group: a capacity above its own maximum is refused, and changes nothing",
      "auto-scaling-group: a minimum above the maximum is refused, and changes nothing",
      "ecs-service: a minimum above the maximum is refused, and changes nothing",
      "application-auto-scaling: a minimum above the maximum is refused, and changes nothing",
      "event-source-concurrency: a capacity above its own maximum is refused, and changes nothing",
    ],
  },
  {
    why: "moto changes event source mappings that do not exist (AWS: ResourceNotFoundException)",
    says: /promise resolved "undefined" instead of rejecting/,
    cases: ["event-source-concurrency: what does not exist cannot be set"],
  },
  {
    why: "moto's metric math gives empty series that are Complete",
    says: /expected .*\[\].* to deeply equal/,
    cases: [
      "metric math: series are combined where both have a point: a / b",
      "metric math: what is missing is filled: a - FILL(b, 0)",
      "metric math: a period has its seconds: 60 * sent / PERIOD(sent)",
      "metric math: expressions that use the same ids do not mix",
      "metric math: more than one call takes are answered, each expression with its metrics",
    ],
  },
  {
    why: "moto has no percentiles in GetMetricData",
    says: PAGE,
    cases: ["metrics: a percentile lies where it should"],
  },
  {
    why: "moto adds up what was published with dimensions where none are asked for",
    says: /to deeply equal \[ \[ 2 \] \]/,
    cases: ["metrics: a metric without dimensions is not the total of those with some"],
  },
  {
    why: "moto finds a metric only by its dimensions in the order in which they were published",
    says: /expected \[ \[\] \] to deeply equal \[ \[ 1 \] \]/,
    cases: ["metrics: the order of dimensions does not matter"],
  },
  {
    why: "moto's metrics are found by their first dimension alone",
    says: /expected \[ \[ 1 \], \[\] \] to deeply equal \[ \[\], \[\] \]/,
    cases: ["metrics: a metric with some of the dimensions is another one"],
  },
  {
    why: "moto's Application Auto Scaling keeps bounds and schedules, and moves nothing",
    says: /to match object \{ desired: (\d+), running: \1, ready: \1 \}/,
    cases: [
      "application-auto-scaling: it is raised",
      "application-auto-scaling: it is lowered",
      "application-auto-scaling: it is set to the least that there is, and back",
    ],
  },
  {
    why: "moto registers and schedules what does not exist (AWS: ObjectNotFoundException)",
    says: /promise resolved "undefined" instead of rejecting/,
    cases: [
      "application-auto-scaling: what does not exist cannot be set",
      "application-auto-scaling: the minimum of what does not exist cannot be moved",
    ],
  },
];

import type { Gap } from "./gap.ts";

/** What MiniStack 1.5.33 does not do as AWS's documentation says. */
export const ministackGaps: readonly Gap[] = [
  {
    why: "MiniStack has no Application Auto Scaling: bounds cannot be registered",
    says: /minimum: undefined/,
    cases: ["ecs-service: its own bounds are read", "lambda-provisioned-concurrency: its own bounds are read"],
  },
  {
    why: "MiniStack has no Application Auto Scaling: minimums cannot be moved",
    says: /Unknown|expected error to be instance of/,
    cases: [
      "ecs-service: the minimum is raised, with its fallback booked at AWS",
      "ecs-service: a later call replaces the earlier fallback",
      "ecs-service: a minimum above the maximum is refused, and changes nothing",
      "ecs-service: the minimum of what does not exist cannot be moved",
      "lambda-provisioned-concurrency: the minimum is raised, with its fallback booked at AWS",
      "lambda-provisioned-concurrency: a later call replaces the earlier fallback",
      "lambda-provisioned-concurrency: a minimum above the maximum is refused, and changes nothing",
      "lambda-provisioned-concurrency: the minimum of what does not exist cannot be moved",
    ],
  },
  {
    why: "MiniStack has no Application Auto Scaling: nothing is registered, so nothing can be read or set through it",
    says: /is not registered with Application Auto Scaling|Unsupported|Unknown|is: 'failed'/,
    cases: [
      "application-auto-scaling: a settled target is read as it is",
      "application-auto-scaling: its own bounds are read",
      "application-auto-scaling: what does not exist is said, and keeps nothing else from being read",
      "application-auto-scaling: more than one call takes are read",
      "application-auto-scaling: it is raised",
      "application-auto-scaling: it is lowered",
      "application-auto-scaling: it is set to what it is",
      "application-auto-scaling: it is set to the least that there is, and back",
      "application-auto-scaling: what does not exist cannot be set",
      "application-auto-scaling: without a deployment it says none, or that it cannot tell",
      "application-auto-scaling: the minimum is raised, with its fallback booked at AWS",
      "application-auto-scaling: a later call replaces the earlier fallback",
      "application-auto-scaling: a minimum above the maximum is refused, and changes nothing",
      "application-auto-scaling: the minimum of what does not exist cannot be moved",
      "application-auto-scaling: what nothing else may lower has no rivals",
    ],
  },
  {
    why: "MiniStack has no Application Auto Scaling: one of the kinds cannot be read",
    says: /to match object \[ Array\(5\) \]/,
    cases: ["capacities: kinds are read together"],
  },
  {
    why: "MiniStack has no Application Auto Scaling: there is no target tracking",
    says: /expected .* to deeply equal \[ StringMatching/,
    cases: [
      "ecs-service: target tracking that may lower it is a rival, in words",
      "lambda-provisioned-concurrency: target tracking that may lower it is a rival, in words",
    ],
  },
  {
    why: "MiniStack's deployments and instance refreshes are over as soon as they begin",
    says: /to match object \{ desired: 3, deploying: true \}/,
    cases: [
      "ecs-service: a deployment that is running is told",
      "auto-scaling-group: a deployment that is running is told",
    ],
  },
  {
    why: "MiniStack has no metric math: InternalError",
    says: /is: 'failed'/,
    cases: [
      "metric math: series are combined where both have a point: a / b",
      "metric math: what is missing is filled: a - FILL(b, 0)",
      "metric math: a period has its seconds: 60 * sent / PERIOD(sent)",
      "metric math: expressions that use the same ids do not mix",
      "metric math: more than one call takes are answered, each expression with its metrics",
    ],
  },
  {
    why: "MiniStack adds up what was published with dimensions where none are asked for",
    says: /to deeply equal \[ \[ 2 \] \]/,
    cases: ["metrics: a metric without dimensions is not the total of those with some"],
  },
  {
    why: "MiniStack takes capacities and minimums outside of a group's bounds (AWS: ValidationError)",
    says: /promise resolved "undefined" instead of rejecting/,
    cases: [
      "auto-scaling-group: a capacity above its own maximum is refused, and changes nothing",
      "auto-scaling-group: a minimum above the maximum is refused, and changes nothing",
    ],
  },
];

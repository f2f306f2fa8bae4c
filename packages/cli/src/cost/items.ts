import type { Item } from "@headroom/twin/prices";

/** How items are called, in which unit their quantities are, and how to pay less for each. */
export const items: { readonly [What in Item]: { name: string; unit: string; lower: string } } = {
  metricsRead: {
    name: "metric reads",
    unit: "metrics",
    lower:
      "Each metric is read every minute: have fewer signals a target, or follow a queue, whose attributes cost 1/25.",
  },
  alarmMetrics: {
    name: "alarms",
    unit: "metrics",
    lower: "Eleven watch Headroom itself; each target with wake: alarm adds one, which quiet ones do without.",
  },
  customMetrics: {
    name: "metrics of passes",
    unit: "metrics",
    lower: "Three for each function that makes passes: functions/pass.ts says which.",
  },
  dashboards: {
    name: "dashboard",
    unit: "dashboards",
    lower: "It is one, whatever the size of the fleet: where nobody looks at it, leave infra/dashboard.ts out.",
  },
  lambdaRequests: { name: "Lambda requests", unit: "calls", lower: "One a minute, and one a part of a large fleet." },
  lambdaMilliseconds: {
    name: "Lambda time",
    unit: "ms of 512 MB",
    lower: "Most of it is waiting for AWS: fewer targets with a load balancer or task protection mean fewer calls.",
  },
  dynamoReads: { name: "DynamoDB reads", unit: "4 KB", lower: "Each minute reads what is remembered of the fleet." },
  dynamoWrites: {
    name: "DynamoDB writes",
    unit: "1 KB",
    lower: "Each minute writes what is remembered: shorter windows (stabilisation, warm-up) make it smaller.",
  },
  storedGigabytes: { name: "DynamoDB storage", unit: "GB", lower: "Records are kept for 90 days." },
  sqsRequests: {
    name: "SQS requests",
    unit: "requests",
    lower: "Most are Lambda's polls of two queues, whether or not there is anything in them.",
  },
  events: { name: "EventBridge events", unit: "events", lower: "One each time that something changes or is advised." },
  schedulerInvocations: { name: "Scheduler", unit: "calls", lower: "One a minute, and the first 14 million are free." },
  logGigabytes: { name: "logs", unit: "GB", lower: "One line a pass." },
};

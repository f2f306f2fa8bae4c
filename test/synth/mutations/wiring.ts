import type { Mutation } from "./mutation.ts";

const minute = "ticks every minute with the time that was scheduled";
const wake = "wakes a target by its alarm";
const tells = "tells what asks for attention";

export const schedules: Mutation[] = [
  {
    what: "a tick every five minutes",
    ...{
      file: "infra/schedules.ts",
      from: "rate(1 minute)",
      to: "rate(5 minutes)",
      breaks: minute,
      says: /rate\(5 minutes\)/,
    },
  },
  {
    what: "the time of delivery for the scheduled one",
    ...{ file: "infra/schedules.ts", from: "<aws.scheduler.scheduled-time>", to: "<aws.scheduler.execution-id>" },
    ...{ breaks: minute, says: /payload is not what the function takes/ },
  },
  {
    what: "ticks that cannot be delivered and nobody hears of",
    ...{
      file: "infra/schedules.ts",
      from: "dlq: deadLetters.arn,",
      to: "",
      breaks: minute,
      says: /cannot be delivered/,
    },
  },
  {
    what: "ticks that are delivered once or never",
    ...{ file: "infra/schedules.ts", from: "retries: 3", to: "retries: 0", breaks: minute, says: /delivered again/ },
  },
];

export const alarms: Mutation[] = [
  {
    what: "the alarms of another fleet",
    ...{ file: "infra/wake.ts", from: "fleet: fleet.name }", to: 'fleet: "other" }', breaks: wake },
    says: /which alarms get to the queue/,
  },
  {
    what: "a queue that EventBridge may not send to",
    ...{
      file: "infra/wake.ts",
      from: "mayBeSentBy(woken, [rule])",
      to: "mayBeSentBy(woken, [attention])",
      breaks: wake,
    },
    says: /may not send to the queue of alarms/,
  },
  {
    what: "alarms at another threshold",
    ...{ file: "infra/wake.ts", from: "threshold: wake.threshold", to: "threshold: wake.threshold * 2" },
    ...{ breaks: "has the alarms that targets ask for", says: /the alarms that wake targets/ },
  },
  {
    what: "alarms that go off for want of data",
    ...{ file: "infra/wake.ts", from: 'treatMissingData: "missing"', to: 'treatMissingData: "breaching"' },
    ...{ breaks: "has the alarms that targets ask for", says: /"missing":"breaching"/ },
  },
  {
    what: "alarms that go off after an hour",
    ...{ file: "infra/wake.ts", from: "evaluationPeriods: 1,", to: "evaluationPeriods: 60," },
    ...{ breaks: "has the alarms that targets ask for", says: /"periods":60/ },
  },
  {
    what: "a queue that everybody's rules may send to",
    ...{ file: "infra/wake.ts", from: /conditions: \[.*\],\n/, to: "\n", breaks: "cannot be reached from outside" },
    says: /WokenPolicy does not say on whose behalf/,
  },
];

export const notifications: Mutation[] = [
  {
    what: "what asks for attention, on another bus",
    ...{
      file: "infra/notifications.ts",
      from: "eventBusName: bus.name,",
      to: "",
      breaks: tells,
      says: /the bus of what asks/,
    },
  },
  {
    what: "a notification of nothing",
    ...{ file: "infra/notifications.ts", from: "$.detail.data.sentence", to: "$.detail.data.says", breaks: tells },
    says: /what a person is told|JSON/,
  },
  {
    what: "addresses that nothing is sent to",
    ...{ file: "infra/notifications.ts", from: "fleet.notify.entries()", to: "fleet.notify.slice(1).entries()" },
    ...{ breaks: tells, says: /who is told is/ },
  },
];

export const elsewhere: Mutation[] = [
  {
    what: "policies of one name in every Region",
    ...{ file: "infra/permissions.ts", from: /name: \$interpolate.*\n/, to: "name: named('fleet-' + index),\n" },
    ...{ breaks: "can be deployed in several Regions", says: /another Region may have taken/ },
  },
  {
    what: "a function that another account is not told of",
    ...{ file: "sst.config.ts", from: "roles: [tick, shard, alarm,", to: "roles: [tick, alarm," },
    ...{ breaks: "says whom another account has to trust", says: /the roles that a deployment names/ },
  },
];

import type { Mutation } from "./mutation.ts";

const file = "infra/functions.ts";
const loads = "loads a handler in every function, and no more clients than it needs";
const kind = "has functions of the right kind and size, with their environment";

export const functions: Mutation[] = [
  {
    what: "another architecture",
    ...{ file, from: '"arm64"', to: '"x86_64"', breaks: kind, says: /TickFunction: architecture/ },
  },
  {
    what: "another runtime",
    ...{ file, from: '"nodejs24.x"', to: '"nodejs22.x"', breaks: kind, says: /TickFunction: runtime/ },
  },
  {
    what: "more time than a tick has",
    ...{ file, from: '"50 seconds"', to: '"2 minutes"', breaks: kind, says: /not within 60 s/ },
  },
  {
    what: "an environment without the table",
    ...{ file, from: "HEADROOM_TABLE:", to: "HEADROOM_TABEL:", breaks: kind, says: /environment/ },
  },
  {
    what: "logs as text",
    ...{ file, from: '"json"', to: '"text"', breaks: kind, says: /: log is/ },
  },
];

export const ticks: Mutation[] = [
  {
    what: "ticks that overlap",
    ...{ file, from: "concurrency: { reserved: 1 },", to: "", breaks: "has one tick at a time, and none that is late" },
    says: /reserved concurrency/,
  },
  {
    what: "ticks of an hour ago",
    ...{ file, from: "maximumEventAgeInSeconds: 60", to: "maximumEventAgeInSeconds: 3600" },
    ...{ breaks: "has one tick at a time, and none that is late", says: /maximum event age/ },
  },
  {
    what: "ticks that Lambda tries again",
    ...{ file, from: "retries: 0,", to: "retries: 2,", breaks: "has one tick at a time, and none that is late" },
    says: /how often a tick that failed/,
  },
];

export const handlers: Mutation[] = [
  {
    what: "a handler that is not exported",
    ...{ file: "functions/lambda/shard.ts", from: "export const handler", to: "export const handle" },
    ...{ breaks: loads, says: /shard cannot be loaded.*exports no function handler/ },
  },
  {
    what: "a handler that fails when it is loaded",
    ...{ file: "functions/lambda/alarm.ts", from: "export const handler", to: "undefined.x;\nexport const handler" },
    ...{ breaks: loads, says: /alarm cannot be loaded/ },
  },
  {
    what: "bundles in one piece",
    ...{ file, from: ", splitting: true", to: "", breaks: loads },
    says: /what headroom-production-tick loads is .*"elasticache"/,
  },
  {
    what: "a function that anybody can call",
    ...{ file, from: 'new sst.aws.Function("Alarm", {', to: 'new sst.aws.Function("Alarm", {\n  url: true,' },
    ...{ breaks: "cannot be reached from outside", says: /FunctionUrl/ },
  },
  {
    what: "clients that are loaded by the first event",
    ...{ file: "functions/lambda/world.ts", from: "await loadFor(fleet);", to: "loadFor;", breaks: loads },
    says: /what headroom-production-tick loads is \["dynamodb"\]/,
  },
];

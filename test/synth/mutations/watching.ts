import type { Mutation } from "./mutation.ts";

const file = "infra/watch.ts";

export const watching: Mutation[] = [
  {
    what: "a heartbeat that silence does not stop",
    ...{
      file,
      from: '"breaching"',
      to: '"notBreaching"',
      breaks: "tells when it is not well",
      says: /heartbeat without data/,
    },
  },
  {
    what: "alarms that tell nobody",
    ...{ file, from: "alarmActions: [topic.arn],", to: "", breaks: "tells when it is not well", says: /whom .* tells/ },
  },
  {
    what: "a function that is not watched",
    ...{
      file,
      from: "{ tick, shard, alarm,",
      to: "{ tick, alarm,",
      breaks: "watches itself",
      says: /errors of .*-shard/,
    },
  },
  {
    what: "dead letters that nobody is told of",
    ...{ file, from: "deadLetters.nodes.queue.name", to: "woken.nodes.queue.name", breaks: "watches itself" },
    says: /nobody is told of dead letters/,
  },
  {
    what: "a queue that the dashboard does not show",
    ...{ file: "infra/dashboard.ts", from: "[shards, woken, deadLetters]", to: "[shards, deadLetters]" },
    ...{ breaks: "shows what is there", says: /does not show is \["headroom-.*Woken/ },
  },
];

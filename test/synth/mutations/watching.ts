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
  {
    what: "errors that are only seen when every minute of a day has some",
    ...{ file, from: /metricName: "Errors",\n(.*\n)\s*statistic: "Sum",\n\s*\.\.\.minutes\(5, 3\)/ },
    ...{ to: 'metricName: "Errors", dimensions: { FunctionName }, statistic: "Minimum", ...minutes(1440, 1440)' },
    ...{ breaks: "watches itself", says: /errors of .*-tick/ },
  },
  {
    what: "targets that fail and nobody is told of",
    ...{ file, from: 'passed("Failed")', to: 'passed("Held")', breaks: "watches itself", says: /targets that fail/ },
  },
];

/** Mistakes in the heartbeat alone. */
export const heartbeats: Mutation[] = [
  {
    what: "a heartbeat of something else than passes",
    ...{ file, from: 'passed("Passes")', to: 'passed("Targets")', breaks: "watches itself" },
    says: /what the heartbeat counts is .*Targets/,
  },
  {
    what: "a heartbeat that one part of a large fleet stops",
    ...{ file, from: "threshold: parts", to: "threshold: 2 * parts", breaks: "watches itself" },
    says: /when the heartbeat goes off/,
  },
  {
    what: "a heartbeat that no number stops",
    ...{ file, from: '"LessThanThreshold"', to: '"GreaterThanThreshold"', breaks: "watches itself" },
    says: /when the heartbeat goes off/,
  },
  {
    what: "a heartbeat of the least that a pass counts",
    ...{ file, from: /(\[DIMENSION\]: .*\n\s*statistic: )"Sum"/, to: '$1"Minimum"', breaks: "watches itself" },
    says: /what the heartbeat counts is .*Minimum/,
  },
  {
    what: "a heartbeat by the hour",
    ...{
      file,
      from: "period: 60,",
      to: "period: 3600,",
      breaks: "watches itself",
      says: /heartbeat is missed for too/,
    },
  },
];

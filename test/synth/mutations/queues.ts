import type { Mutation } from "./mutation.ts";

const file = "infra/queues.ts";
const tries = "tries work again, and loses none";

export const queues: Mutation[] = [
  {
    what: "messages that come again while they are worked off",
    ...{ file, from: '"5 minutes"', to: '"30 seconds"', breaks: tries, says: /hides a message for 30 s only/ },
  },
  {
    what: "one try fewer than the handlers'",
    ...{ file, from: "retry: 4", to: "retry: 2", breaks: tries, says: /ShardsQueue: redrive/ },
  },
  {
    what: "no dead letters for work",
    ...{ file, from: /dlq: .*\n/, to: "\n", breaks: tries, says: /WokenQueue: redrive is undefined/ },
  },
  {
    what: "messages that are forgotten before their last try",
    ...{ file, from: "messageRetentionSeconds: 3600", to: "messageRetentionSeconds: 600", breaks: tries },
    says: /forgets a message/,
  },
  {
    what: "whole batches that come again",
    ...{ file: "infra/functions.ts", from: 'functionResponseTypes: ["ReportBatchItemFailures"]' },
    ...{ to: "functionResponseTypes: []", breaks: tries, says: /ShardsQueue: what comes again/ },
  },
  {
    what: "alarms that are not gathered",
    ...{ file: "infra/functions.ts", from: /maximumBatchingWindowInSeconds: 5,/, to: "", breaks: tries },
    says: /WokenQueue: batch/,
  },
  {
    what: "dead letters that are gone after four days",
    ...{ file, from: "14 * DAY", to: "4 * DAY", breaks: "keeps dead letters", says: /not kept as long as can be/ },
  },
];

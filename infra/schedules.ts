import { tick } from "./functions.ts";
import { deadLetters } from "./queues.ts";

/** Every minute. The tick is identified by the time for which it was scheduled, which Scheduler puts in its place. */
export const minute = new sst.aws.CronV2("Minute", {
  schedule: "rate(1 minute)",
  function: tick.arn,
  event: { version: 1, at: "<aws.scheduler.scheduled-time>" },
  retries: 3,
  dlq: deadLetters.arn,
  transform: {
    schedule: (args) => {
      args.target = $resolve([args.target]).apply(([target]) => ({
        ...target,
        retryPolicy: { ...target.retryPolicy, maximumEventAgeInSeconds: 60 },
      }));
    },
  },
});

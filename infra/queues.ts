const DAY = 24 * 3600;

/** What could not be done, with its cause: our handlers put it here after their tries, and AWS what never reached them. */
export const deadLetters = new sst.aws.Queue("DeadLetters", {
  transform: { queue: { sqsManagedSseEnabled: true, messageRetentionSeconds: 14 * DAY } },
});

const working: sst.aws.QueueArgs = {
  // Six times the functions' timeout, as AWS advises: while Lambda is throttled, messages wait with its poller.
  visibilityTimeout: "5 minutes",
  // One more than the most that our handlers try (MOST_RECEIVES): it only catches messages that end the process.
  dlq: { queue: deadLetters.arn, retry: 4 },
  // Nothing in here is worth anything after a few minutes, but four tries must fit.
  transform: { queue: { sqsManagedSseEnabled: true, messageRetentionSeconds: 3600 } },
};

/** Parts of a large fleet, a message each, every minute. One that fails is buried: when it came again it would be too old. */
export const shards = new sst.aws.Queue("Shards", working);

/** Changes of the alarms that wake targets. */
export const woken = new sst.aws.Queue("Woken", working);

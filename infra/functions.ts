import { bus } from "./bus.ts";
import { logs } from "./logs.ts";
import { permissions, policies } from "./permissions.ts";
import { deadLetters, shards, woken } from "./queues.ts";
import { named } from "./stage.ts";
import { table } from "./table.ts";

type Name = "tick" | "shard" | "alarm";

const settings = (name: Name) =>
  ({
    name: named(name),
    handler: `functions/lambda/${name}.handler`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "512 MB",
    // SST does neither unless it is told to: half the size, and what a fleet does not need is not loaded.
    nodejs: { minify: true, splitting: true },
    timeout: "50 seconds", // a tick has a minute
    environment: {
      HEADROOM_TABLE: table.name,
      HEADROOM_BUS: bus.name,
      HEADROOM_SHARD_QUEUE_URL: shards.url,
      HEADROOM_DEAD_LETTER_QUEUE_URL: deadLetters.url,
    },
    logging: { format: "json", logGroup: logs[name].name },
    permissions: permissions[name],
    transform: {
      role: {
        // SST adds AWS's own policy for logs, which is for all logs there are.
        managedPolicyArns: policies.map(({ arn }) => arn),
        // SST 4.17 lets the whole account assume the role, for its live mode.
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
      },
    },
  }) satisfies sst.aws.FunctionArgs;

/** Alone: two passes over one fleet at a time would only be in each other's way. */
export const tick = new sst.aws.Function("Tick", {
  ...settings("tick"),
  description: "Headroom, every minute: looks at the fleet, or sends a message for each part of a large one",
  concurrency: { reserved: 1 },
  retries: 0, // the next minute's tick is the retry
  transform: {
    ...settings("tick").transform,
    eventInvokeConfig: {
      maximumEventAgeInSeconds: 60,
      destinationConfig: { onFailure: { destination: deadLetters.arn } },
    },
  },
});

export const shard = new sst.aws.Function("Shard", {
  ...settings("shard"),
  description: "Headroom, for each part of a large fleet: looks at its targets",
});

export const alarm = new sst.aws.Function("Alarm", {
  ...settings("alarm"),
  description: "Headroom, when alarms went off: looks at the targets that they wake",
});

/** A part of the fleet takes as long as it takes: one message at a time, so that one that fails comes again alone. */
new aws.lambda.EventSourceMapping("ShardMessages", {
  eventSourceArn: shards.arn,
  functionName: shard.arn,
  batchSize: 1,
  functionResponseTypes: ["ReportBatchItemFailures"],
  scalingConfig: { maximumConcurrency: 20 },
});

/** Alarms are gathered: a storm of them is one pass over their targets. */
new aws.lambda.EventSourceMapping("WokenMessages", {
  eventSourceArn: woken.arn,
  functionName: alarm.arn,
  batchSize: 1000,
  maximumBatchingWindowInSeconds: 5,
  functionResponseTypes: ["ReportBatchItemFailures"],
  scalingConfig: { maximumConcurrency: 2 }, // the least there is
});

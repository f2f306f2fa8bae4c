import { bus } from "./bus.ts";
import { logs } from "./logs.ts";
import { permissions, policies } from "./permissions.ts";
import { deadLetters, shards, woken } from "./queues.ts";
import { named } from "./stage.ts";
import { table } from "./table.ts";

/** What holds for all functions. `managedPolicyArns` are what a function may do besides its own permissions. */
export const settings = (name: string, logs: aws.cloudwatch.LogGroup, managedPolicyArns: $util.Input<string>[] = []) =>
  ({
    name: named(name),
    handler: `functions/lambda/${name}.handler`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    // SST does neither unless it is told to: half the size, and what a fleet does not need is not loaded.
    nodejs: { minify: true, splitting: true },
    logging: { format: "json", logGroup: logs.name },
    transform: {
      role: {
        managedPolicyArns, // SST adds AWS's own policy for logs, which is for all logs there are
        // SST 4.17 lets the whole account assume the role, for its live mode.
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
      },
    },
  }) satisfies Partial<sst.aws.FunctionArgs>;

const ofFleet = policies.map(({ arn }) => arn);

/** Of the functions that look after targets. */
const looking = (name: "tick" | "shard" | "alarm") =>
  ({
    ...settings(name, logs[name], ofFleet),
    memory: "512 MB",
    timeout: "50 seconds", // a tick has a minute
    environment: {
      HEADROOM_TABLE: table.name,
      HEADROOM_BUS: bus.name,
      HEADROOM_SHARD_QUEUE_URL: shards.url,
      HEADROOM_DEAD_LETTER_QUEUE_URL: deadLetters.url,
    },
    permissions: permissions[name],
  }) satisfies sst.aws.FunctionArgs;

/** Alone: two passes over one fleet at a time would only be in each other's way. */
export const tick = new sst.aws.Function("Tick", {
  ...looking("tick"),
  description: "Headroom, every minute: looks at the fleet, or sends a message for each part of a large one",
  concurrency: { reserved: 1 },
  retries: 0, // the next minute's tick is the retry
  transform: {
    ...looking("tick").transform,
    eventInvokeConfig: {
      maximumEventAgeInSeconds: 60,
      destinationConfig: { onFailure: { destination: deadLetters.arn } },
    },
  },
});

export const shard = new sst.aws.Function("Shard", {
  ...looking("shard"),
  description: "Headroom, for each part of a large fleet: looks at its targets",
});

export const alarm = new sst.aws.Function("Alarm", {
  ...looking("alarm"),
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

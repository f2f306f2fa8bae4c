import * as z from "zod";
import type { Template } from "./template.ts";

// What the rules look at, of each type of resource: one entry a type. A template that says it otherwise is refused.

const text = z.string();
const json = z.string().transform((value): unknown => JSON.parse(value));
const list = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);
const one = z.union([text, z.array(text)]).transform((value) => [value].flat());

const statement = z.strictObject({
  Effect: z.literal("Allow"),
  Action: one,
  Resource: one.default([]),
  Principal: z.union([text, z.record(text, one)]).optional(),
  Condition: z.record(text, z.record(text, one)).optional(),
  Sid: text.optional(),
});
export type Statement = z.infer<typeof statement>;

const document = z.preprocess(
  (value) => (typeof value === "string" ? JSON.parse(value) : value),
  z.object({ Statement: z.array(statement) }).transform(({ Statement }) => Statement),
);

const retry = z.object({
  maximumEventAgeInSeconds: z.number().optional(),
  maximumRetryAttempts: z.number().optional(),
});
const arn = z.object({ arn: text });

const metric = z.object({
  ...{ namespace: text, metricName: text, dimensions: z.record(text, text), stat: text, period: z.number() },
});

function kind<Inputs extends z.ZodType>(type: string, inputs: Inputs) {
  return { type, inputs };
}

export const kinds = {
  alarm: kind(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    z.object({
      name: text,
      metricName: text.optional(),
      dimensions: z.record(text, text).default({}),
      ...{ namespace: text.optional(), statistic: text.optional(), extendedStatistic: text.optional() },
      period: z.number().optional(),
      metricQueries: list(z.object({ id: text, expression: text.optional(), metric: metric.optional() })),
      evaluationPeriods: z.number(),
      threshold: z.number(),
      datapointsToAlarm: z.number().optional(),
      comparisonOperator: z.enum(["GreaterThanThreshold", "LessThanThreshold"]),
      treatMissingData: z.enum(["missing", "notBreaching", "breaching"]),
      alarmActions: list(text),
    }),
  ),
  bus: kind("aws:cloudwatch/eventBus:EventBus", z.object({})),
  dashboard: kind("aws:cloudwatch/dashboard:Dashboard", z.object({ dashboardBody: json })),
  function: kind(
    "aws:lambda/function:Function",
    z.object({
      name: text,
      runtime: text,
      architectures: z.array(text),
      memorySize: z.number(),
      timeout: z.number(),
      handler: text,
      role: text,
      environment: z.object({ variables: z.record(text, text) }),
      loggingConfig: z.object({ logFormat: text, logGroup: text }),
      reservedConcurrentExecutions: z.number().optional(),
    }),
  ),
  invocation: kind(
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    z.object({
      ...{ functionName: text, maximumEventAgeInSeconds: z.number(), maximumRetryAttempts: z.number() },
      destinationConfig: z.object({ onFailure: z.object({ destination: text }) }),
    }),
  ),
  log: kind("aws:cloudwatch/logGroup:LogGroup", z.object({ name: text, retentionInDays: z.number() })),
  mapping: kind(
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    z.object({
      ...{ eventSourceArn: text, functionName: text, batchSize: z.number(), functionResponseTypes: z.array(text) },
      maximumBatchingWindowInSeconds: z.number().optional(),
      scalingConfig: z.object({ maximumConcurrency: z.number() }).optional(),
    }),
  ),
  permission: kind(
    "aws:lambda/permission:Permission",
    z.object({ action: text, function: text, principal: text, sourceArn: text.optional() }),
  ),
  policy: kind("aws:iam/policy:Policy", z.object({ name: text, policy: document })),
  queue: kind(
    "aws:sqs/queue:Queue",
    z.object({
      ...{ name: text, visibilityTimeoutSeconds: z.number(), sqsManagedSseEnabled: z.boolean() },
      messageRetentionSeconds: z.number(),
      redrivePolicy: json.pipe(z.object({ deadLetterTargetArn: text, maxReceiveCount: z.number() })).optional(),
    }),
  ),
  queuePolicy: kind("aws:sqs/queuePolicy:QueuePolicy", z.object({ queueUrl: text, policy: document })),
  role: kind(
    "aws:iam/role:Role",
    z.object({
      ...{ name: text, assumeRolePolicy: document, managedPolicyArns: list(text) },
      inlinePolicies: list(z.object({ policy: document })),
    }),
  ),
  rule: kind(
    "aws:cloudwatch/eventRule:EventRule",
    z.object({ name: text, eventBusName: text.optional(), eventPattern: json }),
  ),
  schedule: kind(
    "aws:scheduler/schedule:Schedule",
    z.object({
      ...{ scheduleExpression: text, state: text, flexibleTimeWindow: z.object({ mode: text }) },
      target: z.object({ arn: text, input: json, roleArn: text, retryPolicy: retry, deadLetterConfig: arn.optional() }),
    }),
  ),
  table: kind(
    "aws:dynamodb/table:Table",
    z.object({
      ...{
        name: text,
        hashKey: text,
        rangeKey: text,
        billingMode: text,
        deletionProtectionEnabled: z.boolean().default(false),
      },
      attributes: z.array(z.object({ name: text, type: text })),
      ttl: z.object({ attributeName: text, enabled: z.boolean() }).optional(),
      pointInTimeRecovery: z.object({ enabled: z.boolean() }).optional(),
    }),
  ),
  target: kind(
    "aws:cloudwatch/eventTarget:EventTarget",
    z.object({
      ...{ rule: text, eventBusName: text.optional(), arn: text, inputTransformer: z.unknown().optional() },
      ...{ retryPolicy: retry.optional(), deadLetterConfig: arn.optional() },
    }),
  ),
  topic: kind("aws:sns/topic:Topic", z.object({ name: text })),
  subscription: kind(
    "aws:sns/topicSubscription:TopicSubscription",
    z.object({ topic: text, protocol: text, endpoint: text }),
  ),
  topicPolicy: kind("aws:sns/topicPolicy:TopicPolicy", z.object({ arn: text, policy: document })),
};

/** What is known of a resource beside its inputs; `arn` is empty where its type has none, and the id of a queue is its URL. */
type Known = { logical: string; arn: string; id: string; isRetained: boolean };

const outputs = z.object({ arn: text.default("") });

/** Every resource of a kind. */
export function every<Inputs extends object>(
  { resources }: Template,
  { type, inputs }: { type: string; inputs: z.ZodType<Inputs> },
): (Inputs & Known)[] {
  return resources
    .filter((resource) => resource.type === type)
    .map((resource) => ({
      ...inputs.parse(resource.inputs),
      ...outputs.parse(resource.outputs),
      ...{ id: resource.id, logical: resource.name, isRetained: resource.retainOnDelete },
    }));
}

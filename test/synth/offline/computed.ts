import { createHash } from "node:crypto";
import { ACCOUNT, PARTITION, REGION } from "./place.ts";

// What AWS would have said of a resource once it was there: its ARN, its URL and the like. A type that is missing here
// is named in the template, so that a test can tell.

export type Properties = Record<string, unknown>;

/** A few letters that are always the same for the same text. */
export function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

function arn(service: string, rest: string, { region = REGION, account = ACCOUNT } = {}): string {
  return `arn:${PARTITION}:${service}:${region}:${account}:${rest}`;
}

const url = (queue: string) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${queue}`;

function ruleArn(name: string, { eventBusName }: Properties): string {
  const isOwnBus = typeof eventBusName === "string" && eventBusName !== "default";
  return arn("events", isOwnBus ? `rule/${eventBusName}/${name}` : `rule/${name}`);
}

function bytes(name: string, { length }: Properties): Properties {
  const random = createHash("sha512").update(name).digest().subarray(0, Number(length));
  return { base64: random.toString("base64"), hex: random.toString("hex") };
}

/** By type: from the name of a resource and what was asked for, what AWS adds. */
const types: Record<string, (name: string, inputs: Properties) => Properties> = {
  "aws:cloudwatch/dashboard:Dashboard": (name) => ({
    dashboardArn: arn("cloudwatch", `dashboard/${name}`, { region: "" }),
  }),
  "aws:cloudwatch/eventBus:EventBus": (name) => ({ arn: arn("events", `event-bus/${name}`) }),
  "aws:cloudwatch/eventRule:EventRule": (name, inputs) => ({ arn: ruleArn(name, inputs) }),
  "aws:cloudwatch/eventTarget:EventTarget": () => ({}),
  "aws:cloudwatch/logGroup:LogGroup": (name) => ({ arn: arn("logs", `log-group:${name}`) }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name) => ({ arn: arn("cloudwatch", `alarm:${name}`) }),
  "aws:dynamodb/table:Table": (name) => ({ arn: arn("dynamodb", `table/${name}`) }),
  "aws:iam/policy:Policy": (name) => ({ arn: arn("iam", `policy/${name}`, { region: "" }) }),
  "aws:iam/role:Role": (name) => ({ arn: arn("iam", `role/${name}`, { region: "" }) }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": (name) => ({ uuid: digest(name, 12) }),
  "aws:lambda/function:Function": (name) => ({ arn: arn("lambda", `function:${name}`), version: "1" }),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": () => ({}),
  "aws:lambda/permission:Permission": () => ({}),
  "aws:s3/bucketObjectv2:BucketObjectv2": (_, { key }) => ({ id: key, versionId: "1" }),
  "aws:scheduler/schedule:Schedule": (name) => ({ arn: arn("scheduler", `schedule/default/${name}`) }),
  "aws:sns/topic:Topic": (name) => ({ id: arn("sns", name), arn: arn("sns", name) }),
  "aws:sns/topicPolicy:TopicPolicy": () => ({}),
  "aws:sns/topicSubscription:TopicSubscription": (name) => ({ arn: arn("sns", name) }),
  "aws:sqs/queue:Queue": (name) => ({ id: url(name), url: url(name), arn: arn("sqs", name) }),
  "aws:sqs/queuePolicy:QueuePolicy": () => ({}),
  "random:index/randomBytes:RandomBytes": bytes,
};

/** Where a resource that was given no name gets one from AWS. */
const nameKey: Record<string, string> = {
  "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
  "aws:cloudwatch/eventTarget:EventTarget": "targetId",
};

/** A resource as AWS would have made it, or undefined when nothing is known of its type. */
export function computed(
  type: string,
  logical: string,
  inputs: Properties,
): { id: string; state: Properties } | undefined {
  const key = nameKey[type] ?? "name";
  const name = String(inputs[key] ?? `${logical}-${digest(type + logical, 7)}`);
  const added = types[type]?.(name, inputs);
  if (added === undefined) return undefined;
  return { id: String(added.id ?? name), state: { [key]: name, ...inputs, ...added } };
}

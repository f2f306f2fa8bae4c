import { fleet } from "../functions/lambda/fleet.ts";
import { bus } from "./bus.ts";
import { deadLetters } from "./queues.ts";
import { account, named } from "./stage.ts";

/** What a person should know: what the fleet asks attention for, and what is wrong with Headroom itself. */
export const topic = new sst.aws.SnsTopic("Notifications");

for (const [index, endpoint] of fleet.notify.entries())
  new aws.sns.TopicSubscription(`Notify${index}`, { topic: topic.arn, protocol: "email", endpoint });

export const attention = new aws.cloudwatch.EventRule("Attention", {
  name: named("attention"),
  description: "What a person should know about a target",
  eventBusName: bus.name,
  eventPattern: $jsonStringify({ "detail-type": ["headroom.attention.raised"] }),
});

new aws.cloudwatch.EventTarget("AttentionTarget", {
  rule: attention.name,
  eventBusName: bus.name,
  arn: topic.arn,
  // Values stand in JSON, not in a sentence: EventBridge puts them there as they are, quotes included.
  inputTransformer: {
    inputPaths: { fleet: "$.detail.metadata.fleet", target: "$.detail.data.target", says: "$.detail.data.sentence" },
    inputTemplate: '{"fleet": <fleet>, "target": <target>, "headroom says": <says>}',
  },
  deadLetterConfig: { arn: deadLetters.arn },
});

new aws.sns.TopicPolicy("NotificationsPolicy", {
  arn: topic.arn,
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ["sns:Publish"],
        resources: [topic.arn],
        principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
        conditions: [{ test: "ArnEquals", variable: "aws:SourceArn", values: [attention.arn] }],
      },
      {
        actions: ["sns:Publish"],
        resources: [topic.arn],
        principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
        conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }],
      },
    ],
  }).json,
});

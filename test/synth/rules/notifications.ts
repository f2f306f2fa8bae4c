import { sample, type } from "#events/attention-raised";
import { every, kinds } from "../kinds.ts";
import { ACCOUNT } from "../offline/place.ts";
import { lets, partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { transformed } from "../transformed.ts";
import { unless, unlessSame } from "./rule.ts";

/** What asks for attention is told to the topic. */
export function notifications(template: Template): string[] {
  const { topic, bus, deadLetters } = partsOf(template);
  const target = every(template, kinds.target).find(({ arn }) => arn === topic.arn);
  const rule = every(template, kinds.rule).find(({ name }) => name === target?.rule);
  if (target === undefined || rule === undefined) return ["nobody is told what asks for attention"];
  const policy = every(template, kinds.topicPolicy).flatMap((each) => each.policy);
  const publish = { action: "sns:Publish", on: topic.arn };
  const { fleet } = sample.metadata;
  const says = { fleet, target: sample.data.target, "headroom says": sample.data.sentence };
  const told = every(template, kinds.subscription).map(({ topic, protocol, endpoint }) => [topic, protocol, endpoint]);
  const asked = template.fleet.notify.map((address) => [topic.arn, "email", address]);
  return [
    ...unlessSame(told.sort(), asked.sort(), "who is told"),
    ...unlessSame([rule.eventBusName, target.eventBusName], [bus.id, bus.id], "the bus of what asks for attention"),
    ...unlessSame(rule.eventPattern, { "detail-type": [type] }, "what asks for attention"),
    ...unlessSame(transformed(target, { detail: sample }), says, "what a person is told"),
    ...unlessSame(target.deadLetterConfig?.arn, deadLetters.arn, "where notifications go that cannot be delivered"),
    ...unless(
      lets(policy, { ...publish, service: "events.amazonaws.com", source: rule.arn }),
      "EventBridge may not publish to the topic",
    ),
    ...unless(
      lets(policy, { ...publish, service: "cloudwatch.amazonaws.com", source: ACCOUNT }),
      "alarms may not publish to the topic",
    ),
  ];
}

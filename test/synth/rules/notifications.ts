import * as z from "zod";
import { sample, type } from "#events/attention-raised";
import { every, kinds } from "../kinds.ts";
import { ACCOUNT } from "../offline/place.ts";
import { lets, partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

const transformer = z.object({ inputPaths: z.record(z.string(), z.string()), inputTemplate: z.string() });

/** A value in an event, by a path such as `$.detail.data.target`. */
function at(path: string, event: unknown): unknown {
  const steps = path.split(".").slice(1);
  return steps.reduce<unknown>((value, step) => Object(value)[step], event);
}

/** What a person is told of an event, or undefined when it is not JSON. */
function told(target: { inputTransformer?: unknown }): unknown {
  const { inputPaths, inputTemplate } = transformer.parse(target.inputTransformer);
  const event = { detail: sample };
  const text = inputTemplate.replaceAll(/<(\w+)>/g, (_, name) => JSON.stringify(at(inputPaths[name] ?? "", event)));
  return JSON.parse(text);
}

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
  return [
    ...unlessSame([rule.eventBusName, target.eventBusName], [bus.id, bus.id], "the bus of what asks for attention"),
    ...unlessSame(rule.eventPattern, { "detail-type": [type] }, "what asks for attention"),
    ...unlessSame(told(target), says, "what a person is told"),
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

import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand, type Target } from "@aws-sdk/client-eventbridge";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Template } from "../../synth/template.ts";
import type { Noun } from "./noun.ts";

const bus = { type: kinds.bus.type, inputs: z.object({ name: z.string() }) };
const transformer = z.object({ inputPaths: z.record(z.string(), z.string()), inputTemplate: z.string() }).optional();

/** What a rule sends to, as the API has it. */
export function targetsOf(template: Template, rule: string): Target[] {
  const targets = every(template, kinds.target).filter((each) => each.rule === rule);
  return targets.map(({ id, arn, retryPolicy, deadLetterConfig, inputTransformer }) => {
    const transformed = transformer.parse(inputTransformer);
    return {
      ...{ Id: id, Arn: arn },
      ...(retryPolicy && {
        RetryPolicy: {
          MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
          MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
        },
      }),
      ...(deadLetterConfig && { DeadLetterConfig: { Arn: deadLetterConfig.arn } }),
      ...(transformed && {
        InputTransformer: { InputPathsMap: transformed.inputPaths, InputTemplate: transformed.inputTemplate },
      }),
    };
  });
}

export const rules: Noun = {
  types: [kinds.bus.type, kinds.rule.type, kinds.target.type],
  async standUp(template, { events }) {
    for (const { name } of every(template, bus)) await events.send(new CreateEventBusCommand({ Name: name }));
    for (const { name, eventBusName: EventBusName, eventPattern } of every(template, kinds.rule)) {
      const EventPattern = JSON.stringify(eventPattern);
      await events.send(new PutRuleCommand({ Name: name, EventBusName, EventPattern }));
      await events.send(new PutTargetsCommand({ Rule: name, EventBusName, Targets: targetsOf(template, name) }));
    }
  },
};

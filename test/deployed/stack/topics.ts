import { CreateTopicCommand, SetTopicAttributesCommand } from "@aws-sdk/client-sns";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Noun } from "./noun.ts";

const textPolicy = { type: kinds.topicPolicy.type, inputs: z.object({ arn: z.string(), policy: z.string() }) };

export const topics: Noun = {
  types: [kinds.topic.type, kinds.topicPolicy.type],
  async standUp(template, { sns }) {
    for (const { name } of every(template, kinds.topic)) await sns.send(new CreateTopicCommand({ Name: name }));
    for (const { arn, policy } of every(template, textPolicy)) {
      const attribute = { AttributeName: "Policy", AttributeValue: policy };
      await sns.send(new SetTopicAttributesCommand({ TopicArn: arn, ...attribute }));
    }
  },
};

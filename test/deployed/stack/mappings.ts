import { CreateEventSourceMappingCommand, FunctionResponseType } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Noun } from "./noun.ts";

const responseType = z.enum(FunctionResponseType);

export const mappings: Noun = {
  types: [kinds.mapping.type],
  async standUp(template, { lambda }) {
    for (const each of every(template, kinds.mapping)) {
      const { maximumBatchingWindowInSeconds: window, scalingConfig } = each;
      await lambda.send(
        new CreateEventSourceMappingCommand({
          ...{ EventSourceArn: each.eventSourceArn, FunctionName: each.functionName, BatchSize: each.batchSize },
          FunctionResponseTypes: each.functionResponseTypes.map((type) => responseType.parse(type)),
          ...(window !== undefined && { MaximumBatchingWindowInSeconds: window }),
          ...(scalingConfig && { ScalingConfig: { MaximumConcurrency: scalingConfig.maximumConcurrency } }),
        }),
      );
    }
  },
};

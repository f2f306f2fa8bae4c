import { PutProvisionedConcurrencyConfigCommand } from "@aws-sdk/client-lambda";
import { ALIAS, createFunction } from "./function.ts";
import { register, type Scalable, scheduled } from "./scalable-target.ts";
import type { Seed } from "./seed.ts";

export const lambdaProvisionedConcurrency: Seed = {
  async create(clients, name, given) {
    const scalable: Scalable = {
      ServiceNamespace: "lambda",
      ResourceId: `function:${name}:${ALIAS}`,
      ScalableDimension: "lambda:function:ProvisionedConcurrency",
    };
    await createFunction(clients, name);
    const config = { FunctionName: name, Qualifier: ALIAS, ProvisionedConcurrentExecutions: given.units };
    await clients.lambda.send(new PutProvisionedConcurrencyConfigCommand(config));
    await register(clients, scalable, given, "LambdaProvisionedConcurrencyUtilization");
    return {
      resource: { kind: "lambda-provisioned-concurrency", function: name, alias: ALIAS },
      fallbacks: () => scheduled(clients, scalable),
    };
  },
  missing: { kind: "lambda-provisioned-concurrency", function: "missing", alias: ALIAS },
};

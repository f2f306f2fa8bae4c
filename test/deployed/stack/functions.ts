import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  Architecture,
  CreateFunctionCommand,
  LogFormat,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  Runtime,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Template } from "../../synth/template.ts";
import type { Clients } from "../clients.ts";
import { urlsOf } from "../queue-urls.ts";
import type { Noun } from "./noun.ts";

const runtime = z.enum(Runtime);
const architecture = z.enum(Architecture);
const format = z.enum(LogFormat);

/** What SST would upload: the folder of the bundle, as an archive. */
function archiveOf({ bundles }: Template, name: string): Uint8Array {
  const folder = bundles.get(name)?.folder;
  if (folder === undefined) throw new Error(`${name} has no bundle`);
  const files = readdirSync(folder).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))] as const);
  return zipSync(Object.fromEntries(files), { level: 1 });
}

/** Its environment, with the emulator's URLs in place of AWS's, and `reached` in place of AWS. */
async function environmentOf(template: Template, clients: Clients, variables: Record<string, string>) {
  const urls = await urlsOf(template, clients);
  const resolved = Object.entries(variables).map(([name, value]) => [name, urls.get(value) ?? value]);
  return { ...Object.fromEntries(resolved), AWS_ENDPOINT_URL: clients.reached };
}

async function createFunctions(template: Template, clients: Clients): Promise<void> {
  for (const made of every(template, kinds.function)) {
    await clients.lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName: made.name, Role: made.role, Handler: made.handler, Runtime: runtime.parse(made.runtime) },
        ...{ Timeout: made.timeout, MemorySize: made.memorySize },
        Architectures: made.architectures.map((each) => architecture.parse(each)),
        LoggingConfig: { LogFormat: format.parse(made.loggingConfig.logFormat), LogGroup: made.loggingConfig.logGroup },
        Environment: { Variables: await environmentOf(template, clients, made.environment.variables) },
        Code: { ZipFile: archiveOf(template, made.name) },
      }),
    );
    const waiting = { client: clients.lambda, maxWaitTime: 60, minDelay: 0.1, maxDelay: 1 };
    await waitUntilFunctionActiveV2(waiting, { FunctionName: made.name });
    const reserved = made.reservedConcurrentExecutions;
    if (reserved === undefined) continue;
    await clients.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: made.name, ReservedConcurrentExecutions: reserved }),
    );
  }
}

async function configureInvocations(template: Template, { lambda }: Clients): Promise<void> {
  for (const each of every(template, kinds.invocation)) {
    await lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: each.functionName,
        MaximumEventAgeInSeconds: each.maximumEventAgeInSeconds,
        MaximumRetryAttempts: each.maximumRetryAttempts,
        DestinationConfig: { OnFailure: { Destination: each.destinationConfig.onFailure.destination } },
      }),
    );
  }
}

export const functions: Noun = {
  types: [kinds.log.type, kinds.function.type, kinds.invocation.type],
  async standUp(template, clients) {
    for (const { name } of every(template, kinds.log))
      await clients.logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    await createFunctions(template, clients);
    await configureInvocations(template, clients);
  },
};

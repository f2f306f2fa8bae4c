import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "@headroom/decisions/config/fleet";
import type { Resource } from "@headroom/decisions/config/resources";
import { signalsFor } from "@headroom/loops/observe";
import { every, kinds } from "../kinds.ts";
import { clientsIn, load } from "../loaded.ts";
import { partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unlessSame } from "./rule.ts";

/** The SDK clients without which targets of a kind cannot be read. */
const ofKind: { [Kind in Resource["kind"]]: string[] } = {
  "ecs-service": ["application-auto-scaling", "ecs"],
  "auto-scaling-group": ["auto-scaling"],
  "lambda-provisioned-concurrency": ["application-auto-scaling", "lambda"],
  "event-source-concurrency": ["lambda"],
  "application-auto-scaling": ["application-auto-scaling"],
};

/** What every pass over a fleet needs. What only some need (the bus, dead letters, load balancers) is loaded then. */
function neededBy({ targets }: Fleet): string[] {
  const configs = Object.values(targets);
  const ofSignals = configs.flatMap(signalsFor).map(({ source }) => (source === "queue" ? "sqs" : "cloudwatch"));
  const ofTargets = configs.flatMap(({ resource }) => ofKind[resource.kind]);
  return [...new Set(["dynamodb", ...ofTargets, ...ofSignals])].sort();
}

type Function = { logical: string; name: string; environment: { variables: Record<string, string> } };

async function loading({ logical, name, environment }: Function, template: Template): Promise<string[]> {
  const { forecast } = partsOf(template);
  const bundle = template.bundles.get(name);
  if (bundle === undefined) return [`${name} has no bundle`];
  const loaded = await load(bundle, environment.variables);
  if (loaded.is === "failed") return [`${name} cannot be loaded: ${loaded.why}`];
  const clients = clientsIn(loaded.files);
  if (logical !== forecast?.logical) return unlessSame(clients, neededBy(template.fleet), `what ${name} loads`);
  const files = readdirSync(bundle.folder).filter((file) => file.endsWith(".mjs"));
  const bundled = clientsIn(files.map((file) => join(bundle.folder, file)));
  return [
    ...unlessSame(clients, ["dynamodb"], `what ${name} loads`),
    ...unlessSame(bundled, ["cloudwatch", "dynamodb", "sqs", "sts"], `what ${name} holds`),
  ];
}

/** Every bundle can be loaded with the environment of its function, exports what Lambda calls, and loads no more than it needs. */
export async function handlers(template: Template): Promise<string[]> {
  const all = every(template, kinds.function);
  return (await Promise.all(all.map((each) => loading(each, template)))).flat();
}

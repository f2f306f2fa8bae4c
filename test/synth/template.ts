import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseConfig } from "@headroom/decisions/config/define";
import type { Fleet } from "@headroom/decisions/config/fleet";
import * as z from "zod";
import { installPlatform } from "./offline/platform.ts";
import { runSst } from "./offline/sst.ts";
import { createWorkspace, type Edit } from "./offline/workspace.ts";

const properties = z.record(z.string(), z.unknown());

/** A resource as it would be made: what was asked for, and what AWS would have added. */
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  parent: z.string(),
  id: z.string(),
  inputs: properties,
  outputs: properties,
  protect: z.boolean(),
  retainOnDelete: z.boolean(),
});
export type Resource = z.infer<typeof resource>;

const written = z.object({
  stage: z.string(),
  /** What Pulumi's providers are told, as text. */
  config: z.record(z.string(), z.string()),
  resources: z.array(resource),
  /** Types and questions of which nothing is known: what AWS would have computed is missing in them. */
  unknown: z.array(z.string()),
});

/** The folder of a function's bundle, by the name of the function at AWS, and its handler, as Lambda has it. */
export type Bundle = { folder: string; handler: string };

export type Template = z.infer<typeof written> & {
  /** The fleet that it is for. */
  fleet: Fleet;
  bundles: Map<string, Bundle>;
  /** Requests that nothing could answer. */
  refused: readonly string[];
};

export const FUNCTION = "aws:lambda/function:Function";

function bundlesOf(folder: string, resources: readonly Resource[]): Map<string, Bundle> {
  const functions = resources.filter(({ type }) => type === FUNCTION);
  return new Map(
    functions.map(({ name, outputs }) => {
      const bundle = join(folder, ".sst/artifacts", `${name.replace(/Function$/, "")}-src`);
      return [String(outputs.name), { folder: bundle, handler: String(outputs.handler) }];
    }),
  );
}

export type Synthesis = {
  stage: string;
  /** What the copy that it runs in is called: `stage`, unless several of a stage are to be kept. */
  name?: string;
  /** Another fleet than the repository's own: the path of its file. */
  fleet?: string;
  /** What else is different from the repository. */
  edits?: readonly Edit[];
};

async function fleetIn(folder: string): Promise<Fleet> {
  const { default: config } = await import(pathToFileURL(join(folder, "headroom.config.ts")).href);
  return parseConfig(config, "headroom.config.ts");
}

/**
 * Every resource of a stage, and the bundles of its functions: `sst deploy` by the real SST CLI, with stand-ins for AWS
 * and Pulumi's engine. The bundles are there until the next synthesis of the same name.
 * @throws Error with what the CLI says when it does not succeed
 */
export async function synthesise({ stage, name = stage, fleet, edits = [] }: Synthesis): Promise<Template> {
  const folder = createWorkspace(name, { platform: await installPlatform(), fleet, edits });
  const file = join(folder, "template.json");
  const ran = await runSst(folder, ["deploy", "--stage", stage], { HEADROOM_TEMPLATE: file });
  if (!ran.succeeded || !existsSync(file)) throw new Error(`sst deploy --stage ${stage} failed:\n${ran.output}`);
  const template = written.parse(JSON.parse(readFileSync(file, "utf8")));
  const bundles = bundlesOf(folder, template.resources);
  return { ...template, bundles, fleet: await fleetIn(folder), refused: ran.refused };
}

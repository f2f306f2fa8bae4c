import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { keepRegistrations, type MocksModule, type Pulumi, type Registered } from "./monitor.ts";

// Stands in for the `pulumi` executable as the SST CLI drives it: `version`, `stack init` and `up`. It runs the real program
// under the SDK's mock monitor, and tells the CLI what an engine would that made everything at the first try.

const VERSION = "v3.215.0"; // what SST 4.17.1 asks for

const { positionals, values } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { stack: { type: "string" }, "event-log": { type: "string" }, config: { type: "string", multiple: true } },
});

/** What the CLI tells the providers, each as `name=value`. */
function configured(): Record<string, string> {
  const given = [values.config ?? []].flat().map(String);
  return Object.fromEntries(given.map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]));
}

/** Where the CLI looks for the state of a stack. The program changes the working directory, so it is absolute. */
function stateFile(stack: string): string {
  const [, project = "", stage = ""] = stack.split("/");
  return resolve(".pulumi/stacks", project, `${stage}.json`);
}

function checkpoint(stack: string, resources: readonly unknown[]): string {
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: VERSION };
  return JSON.stringify({ version: 3, checkpoint: { stack, latest: { manifest, resources, metadata: {} } } });
}

function initialise(stack: string): void {
  const file = stateFile(stack);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, checkpoint(stack, []));
}

/** What the engine says while it works, a line each: that each resource is there, and what went wrong. */
function eventsOf(resources: readonly Registered[], errors: readonly string[]): string {
  const made = resources.flatMap((each) => {
    const { type, urn, custom, id, parent, protect, inputs, outputs } = each;
    const state = { type, urn, custom, id, parent, protect, inputs, outputs, provider: "" };
    const metadata = { op: "create", urn, type, old: null, new: state, keys: null, diffs: null, logical: true };
    return [{ resourcePreEvent: { metadata } }, { resOutputsEvent: { metadata } }];
  });
  const wrong = errors.map((message) => ({ diagnosticEvent: { message, color: "never", severity: "error" } }));
  const summary = { summaryEvent: { durationSeconds: 1, resourceChanges: { create: resources.length } } };
  const numbered = [...made, ...wrong, summary].map((event, sequence) => ({ sequence, timestamp: 1, ...event }));
  return numbered.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** The stack before what is in it, everything after its parent. */
function byDepth(resources: readonly Registered[]): Registered[] {
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const depth = (urn: string): number => (urn === "" ? 0 : 1 + depth(parents.get(urn) ?? ""));
  return resources.toSorted((a, b) => depth(a.urn) - depth(b.urn));
}

async function up(stack: string, eventLog: string): Promise<void> {
  const [, project = "", stage = ""] = stack.split("/");
  const state = stateFile(stack);
  const template = process.env.HEADROOM_TEMPLATE;
  const main = /^main: (.*)$/m.exec(readFileSync("Pulumi.yaml", "utf8"))?.[1] ?? "";
  const load = createRequire(join(dirname(main), "package.json"));
  const pulumi: Pulumi = load("@pulumi/pulumi");
  const mocks: MocksModule = load("@pulumi/pulumi/runtime/mocks");
  const closures: { serializeFunction: unknown } = load("@pulumi/pulumi/runtime/closure/serializeClosure");
  const crypto: { randomBytes(size: number): Buffer } = load("node:crypto");

  // Dynamic providers are serialised by looking into closures: seconds, for something that nobody reads here.
  closures.serializeFunction = async () => ({ text: "", containsSecrets: false });
  Error.stackTraceLimit = 0; // Pulumi keeps a stack for each value, which takes as long again
  crypto.randomBytes = (size) => Buffer.alloc(size, 7); // suffixes of names: the same ones each time

  const errors: string[] = [];
  const keep = (error: unknown) => errors.push(error instanceof Error ? error.message : String(error));
  process.on("unhandledRejection", keep);
  process.on("uncaughtException", keep);
  const kept = await keepRegistrations(pulumi, mocks, { project, stack: stage });
  process.once("beforeExit", () => {
    const resources = byDepth(kept.registered.toSorted((a, b) => (a.urn < b.urn ? -1 : 1))).map((each) => ({
      ...each,
      outputs: kept.outputs.get(each.urn) ?? each.outputs,
    }));
    writeFileSync(eventLog, eventsOf(resources, errors));
    writeFileSync(state, checkpoint(stack, resources));
    if (template !== undefined)
      writeFileSync(template, JSON.stringify({ stage, config: configured(), resources, unknown: [...kept.unknown] }));
    process.exitCode = errors.length === 0 ? 0 : 1;
  });
  try {
    await pulumi.runtime.runInPulumiStack(async () => (await import(pathToFileURL(main).href)).default);
  } catch (error) {
    keep(error);
  }
}

const [command, what, name] = positionals;
const { stack, "event-log": eventLog } = values;
if (command === "version") console.log(VERSION);
else if (command === "stack" && what === "init" && name !== undefined) initialise(name);
else if (command === "up" && typeof stack === "string" && typeof eventLog === "string") await up(stack, eventLog);
else throw new Error(`The stand-in for Pulumi knows no ${process.argv.slice(2).join(" ")}`);

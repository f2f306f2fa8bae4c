import { execFile } from "node:child_process";
import { join } from "node:path";
import { every, kinds } from "../kinds.ts";
import { type Parts, partsOf } from "../parts.ts";
import type { Bundle, Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

const MOST_MEGABYTES = 1024;
const TICK_SECONDS = 60;

/** What `packages/aws` asks the environment for. */
function environmentOf({ table, bus, shards, deadLetters }: Parts) {
  return {
    HEADROOM_BUS: bus.id,
    HEADROOM_DEAD_LETTER_QUEUE_URL: deadLetters.id,
    HEADROOM_SHARD_QUEUE_URL: shards.id,
    HEADROOM_TABLE: table.name,
  };
}

/** Runtime, size, time, log and environment of each function, and that there are no others. */
export function functions(template: Template): string[] {
  const parts = partsOf(template);
  const logs = new Map(every(template, kinds.log).map((log) => [log.name, log]));
  const all = every(template, kinds.function);
  const each = all.flatMap((fn) => {
    const { logical, runtime, architectures, memorySize, timeout, loggingConfig, environment } = fn;
    const own = Object.entries(environment.variables).filter(([name]) => !name.startsWith("SST_"));
    return [
      ...unlessSame(runtime, "nodejs24.x", `${logical}: runtime`),
      ...unlessSame(architectures, ["arm64"], `${logical}: architecture`),
      ...unless(memorySize >= 256 && memorySize <= MOST_MEGABYTES, `${logical} has ${memorySize} MB`),
      ...unless(timeout < TICK_SECONDS, `${logical} may take ${timeout} s, which is not within a tick`),
      ...unlessSame(loggingConfig, { logFormat: "JSON", logGroup: `/aws/lambda/${fn.name}` }, `${logical}: log`),
      ...unless((logs.get(loggingConfig.logGroup)?.retentionInDays ?? 0) > 0, `${logical}: its log is kept for ever`),
      ...unlessSame(Object.fromEntries(own.sort()), environmentOf(parts), `${logical}: environment`),
    ];
  });
  const names = all.map(({ logical }) => logical).sort();
  return [...each, ...unlessSame(names, ["AlarmFunction", "ShardFunction", "TickFunction"], "the functions")];
}

/** One tick at a time, none that is late, and those that fail are told. */
export function tickAlone(template: Template): string[] {
  const { tick, deadLetters } = partsOf(template);
  const told = every(template, kinds.invocation).find(({ functionName }) => functionName === tick.name);
  return [
    ...unlessSame(tick.reservedConcurrentExecutions, 1, "the tick's reserved concurrency"),
    ...unlessSame(told?.maximumEventAgeInSeconds, TICK_SECONDS, "the tick's maximum event age"),
    ...unlessSame(told?.destinationConfig.onFailure.destination, deadLetters.arn, "where failed ticks go"),
  ];
}

const LOADS = `
const [file, name] = process.argv.slice(1);
const bundle = await import(file);
if (typeof bundle[name] !== "function") throw new Error("it exports no function " + name);
process.exit(0);
`;

/** What goes wrong when Lambda loads a bundle, or nothing. */
function loaded(name: string, { folder, handler }: Bundle, environment: Record<string, string>): Promise<string[]> {
  const [file = "", exported = ""] = handler.split(".");
  const env = { ...environment, AWS_REGION: "eu-west-1", AWS_LAMBDA_FUNCTION_NAME: name };
  const args = ["--input-type=module", "--eval", LOADS, join(folder, `${file}.mjs`), exported];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, _, stderr) =>
      resolve(
        error === null
          ? []
          : [`${name} cannot be loaded: ${stderr.split("\n").find((line) => /^\w*Error\b/.test(line))}`],
      ),
    );
  });
}

/** Every bundle can be loaded with the environment of its function, and exports what Lambda calls. */
export async function handlers(template: Template): Promise<string[]> {
  const all = every(template, kinds.function);
  const found = all.map(({ name, environment }) => {
    const bundle = template.bundles.get(name);
    return bundle === undefined ? [`${name} has no bundle`] : loaded(name, bundle, environment.variables);
  });
  return (await Promise.all(found)).flat();
}

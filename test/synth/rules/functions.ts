import { predictedTargets } from "@headroom/decisions/predicted";
import { every, kinds } from "../kinds.ts";
import { type Parts, partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

const MOST_MEGABYTES = 1024;
const TICK_SECONDS = 60;
const MOST_SECONDS = 900;

/** What `packages/aws` asks the environment for: of the function that only makes forecasts, where to keep them. */
function environmentOf(logical: string, { forecast, table, bus, shards, deadLetters }: Parts) {
  if (logical === forecast?.logical) return { HEADROOM_TABLE: table.name };
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
    const within = logical === parts.forecast?.logical ? MOST_SECONDS : TICK_SECONDS;
    const own = Object.entries(environment.variables).filter(([name]) => !name.startsWith("SST_"));
    return [
      ...unlessSame(runtime, "nodejs24.x", `${logical}: runtime`),
      ...unlessSame(architectures, ["arm64"], `${logical}: architecture`),
      ...unless(memorySize >= 256 && memorySize <= MOST_MEGABYTES, `${logical} has ${memorySize} MB`),
      ...unless(timeout < within, `${logical} may take ${timeout} s, which is not within ${within} s`),
      ...unlessSame(loggingConfig, { logFormat: "JSON", logGroup: `/aws/lambda/${fn.name}` }, `${logical}: log`),
      ...unless((logs.get(loggingConfig.logGroup)?.retentionInDays ?? 0) > 0, `${logical}: its log is kept for ever`),
      ...unlessSame(Object.fromEntries(own.sort()), environmentOf(logical, parts), `${logical}: environment`),
    ];
  });
  const names = all.map(({ logical }) => logical).sort();
  const forecast = predictedTargets(template.fleet).length > 0 ? ["ForecastFunction"] : [];
  const should = ["AlarmFunction", ...forecast, "ShardFunction", "TickFunction"];
  return [...each, ...unlessSame(names, should, "the functions")];
}

/** One tick at a time, none that is late, and those that fail are told. */
export function tickAlone(template: Template): string[] {
  const { tick, deadLetters } = partsOf(template);
  const told = every(template, kinds.invocation).find(({ functionName }) => functionName === tick.name);
  return [
    ...unlessSame(tick.reservedConcurrentExecutions, 1, "the tick's reserved concurrency"),
    ...unlessSame(told?.maximumRetryAttempts, 0, "how often a tick that failed is tried again"),
    ...unlessSame(told?.maximumEventAgeInSeconds, TICK_SECONDS, "the tick's maximum event age"),
    ...unlessSame(told?.destinationConfig.onFailure.destination, deadLetters.arn, "where failed ticks go"),
  ];
}

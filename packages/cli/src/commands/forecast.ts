import { resolve } from "node:path";
import { Invalid } from "@headroom/decisions/errors";
import { time } from "@headroom/decisions/say";
import { type Forecast, forecast } from "@headroom/forecast/forecast";
import { FORECAST_PERIOD_SECONDS } from "@headroom/loops/forecasts/period";
import { readTrace, traceLength } from "@headroom/twin/workloads/trace";
import { type Command, Option } from "commander";
import * as z from "zod";
import { connect } from "../client.ts";
import { type Accuracy, accuracyOf } from "../forecast/accuracy.ts";
import { forecastTable, notes } from "../forecast/forecast-text.ts";
import { historyOf } from "../forecast/history-of.ts";
import { liveForecasts } from "../forecast/live.ts";
import { readDuration, stateOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const options = z.strictObject({
  trace: z.string().optional(),
  horizon: z.number(),
  json: z.boolean(),
  state: z.string(),
});
type Options = z.infer<typeof options>;

const DEFAULT_HORIZON = 48 * 3600;
const LONGEST_HORIZON = 7 * 86_400;
const QUANTILES = [0.1, 0.5, 0.9, 0.95];

function forecastJson(trace: string, found: Forecast, accuracy: Accuracy | undefined): object {
  const { start, step, levels, quantiles, point, seasons, bursts, backtest, repairs } = found;
  return {
    ...{
      trace,
      is: found.is,
      start,
      stepSeconds: step,
      seasons,
      bursts,
      accuracy: accuracy ?? null,
      weights: backtest,
      repairs,
    },
    point: Array.from(point),
    quantiles: Object.fromEntries(levels.map((level, index) => [level, Array.from(quantiles[index] ?? [])])),
  };
}

function forecastTrace(file: string, { horizon, json }: Options, terminal: Terminal): void {
  const trace = { ...readTrace(resolve(terminal.cwd, file)), file };
  if (horizon < trace.interval || horizon > LONGEST_HORIZON) {
    throw new Invalid(
      `--horizon is ${time(horizon)}: from one interval of ${file} (${time(trace.interval)}) to ${time(LONGEST_HORIZON)} can be forecast`,
    );
  }
  const history = historyOf(trace);
  const now = trace.start + traceLength(trace);
  const found = forecast(history, { now, step: trace.interval, horizon, quantiles: QUANTILES });
  if (found.is === "none") {
    terminal.print(json ? JSON.stringify({ trace: file, ...found }, null, 2) : `No forecast: ${found.why}.`);
    return;
  }
  const accuracy = accuracyOf(trace, history, horizon);
  if (json) {
    terminal.print(JSON.stringify(forecastJson(file, found, accuracy), null, 2));
    return;
  }
  terminal.print(forecastTable(found, terminal.width));
  for (const line of ["", ...notes(found, { of: accuracy })]) terminal.say(line);
}

async function showLive(target: string, { json, state }: Options, terminal: Terminal): Promise<void> {
  const client = await connect(resolve(terminal.cwd, state));
  const found = await client.forecasts(target);
  if (json) {
    terminal.print(JSON.stringify(found, null, 2));
    return;
  }
  const all = liveForecasts(found, terminal.width);
  if (all.length === 0)
    terminal.say(`${target}: no forecast was made yet; they are made every ${time(FORECAST_PERIOD_SECONDS)}.`);
  for (const { heading, table, notes: lines } of all) {
    terminal.say(heading);
    if (table !== undefined) terminal.print(table);
    for (const line of ["", ...lines]) terminal.say(line);
  }
}

function run(target: string | undefined, given: Options, terminal: Terminal): Promise<void> | void {
  if (target !== undefined && given.trace === undefined) return showLive(target, given, terminal);
  if (target === undefined && given.trace !== undefined) return forecastTrace(given.trace, given, terminal);
  throw new Invalid(
    "Name either a target of the running control plane or a recorded load: headroom forecast <target>, or headroom forecast --trace <file>",
  );
}

/** `headroom forecast` */
export function addForecast(program: Command, terminal: Terminal): void {
  program
    .command("forecast")
    .argument("[target]", "a target of the running control plane")
    .summary("Forecasts a recorded load, or shows the forecast for a target, and says how far to trust it.")
    .description(
      "Forecasts a recorded load beyond its end: quantiles, the experts that they come from, the seasons found,\n" +
        "what had to be repaired, and how forecasts from the load's own past would have done. For a target it shows\n" +
        "the forecast that is in use, and whether it is trusted.",
    )
    .option("--trace <file>", "recorded load (CSV: timestamp,value)")
    .addOption(
      new Option("--horizon <duration>", "how far ahead a recorded load is forecast")
        .argParser(readDuration)
        .default(DEFAULT_HORIZON, "48h"),
    )
    .option("--json", "print JSON", false)
    .addOption(stateOption())
    .action((target: string | undefined, raw: unknown) => run(target, options.parse(raw), terminal));
}

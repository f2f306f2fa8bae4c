import { resolve } from "node:path";
import { type Command, Option } from "commander";
import * as z from "zod";
import { loadConfig } from "../config/load.ts";
import { readTraces } from "../config/traces.ts";
import { Failed } from "../failed.ts";
import { dev } from "../local/dev.ts";
import { simulate } from "../local/simulate.ts";
import { collect, DEFAULT_STATE, readDuration, readSpeed, readWhole, speed } from "../options.ts";
import { reportTable } from "../report/report-table.ts";
import type { Terminal } from "../terminal.ts";

const options = z.strictObject({
  speed,
  seed: z.number().optional(),
  config: z.string().optional(),
  state: z.string(),
  for: z.number().optional(),
  json: z.boolean(),
  trace: z.array(z.string()),
});
type Options = z.infer<typeof options>;

const DEFAULT_SPEED = 60;
const DEFAULT_SEED = 1;

async function runFor(seconds: number, given: Options, terminal: Terminal): Promise<void> {
  const { fleet } = await loadConfig(given.config, terminal.cwd);
  const traces = readTraces(given.trace, fleet, terminal.cwd);
  const simulation = { fleet, traces, seconds, speed: given.speed, seed: given.seed ?? DEFAULT_SEED };
  const { report, notices, failed } = await simulate(simulation, terminal);
  for (const notice of notices) terminal.say(`note: ${notice}`);
  terminal.print(given.json ? JSON.stringify(report, null, 2) : reportTable(report, terminal.width));
  if (failed > 0) throw new Failed(`${failed} of ${report.events.delivered} ticks failed; the first error is above`);
}

async function runOn(given: Options, terminal: Terminal): Promise<void> {
  const config = await loadConfig(given.config, terminal.cwd);
  const traces = readTraces(given.trace, config.fleet, terminal.cwd);
  const folder = resolve(terminal.cwd, given.state);
  await dev({ config, traces, folder, speed: given.speed, seed: given.seed, json: given.json }, terminal);
}

/** `headroom dev` */
export function addDev(program: Command, terminal: Terminal): void {
  program
    .command("dev")
    .summary("Runs the control loop over a simulated AWS account.")
    .description(
      "Runs the control loop over a simulated AWS account, until it is stopped or for some virtual time.\n" +
        "Without --for its state survives restarts; with --for nothing is kept.",
    )
    .addOption(
      new Option("--speed <n>", "virtual seconds a second, or max").argParser(readSpeed).default(DEFAULT_SPEED),
    )
    .addOption(new Option("--seed <n>", "the same seed gives the same run (default: 1)").argParser(readWhole))
    .option("--config <file>", "configuration (default: headroom.config.ts here, or the project's)")
    .option("--state <folder>", "where state is kept", DEFAULT_STATE)
    .addOption(new Option("--for <duration>", "virtual time to run, such as 6h").argParser(readDuration))
    .option("--json", "print JSON: one object with --for, otherwise one a change", false)
    .addOption(
      new Option("--trace <target=file>", "recorded load (CSV: timestamp,value) in place of a target's simulated one")
        .argParser(collect)
        .default([], "none"),
    )
    .action(async (raw: unknown) => {
      const given = options.parse(raw);
      await (given.for === undefined ? runOn(given, terminal) : runFor(given.for, given, terminal));
    });
}

import { resolve } from "node:path";
import { Invalid } from "@headroom/decisions/errors";
import { time } from "@headroom/decisions/say";
import { demandOf, loadOf } from "@headroom/twin/backtest/load";
import { readTrace, traceLength, traceNotices } from "@headroom/twin/workloads/trace";
import { type Command, Option } from "commander";
import * as z from "zod";
import { assumptions, settingsUsed } from "../backtest/assumptions.ts";
import { backtestTable } from "../backtest/backtest-table.ts";
import type { Job } from "../backtest/job.ts";
import { mostRuns, playAll } from "../backtest/play-all.ts";
import { readAboveZero, readDuration, readPositive, readSeconds, readWhole } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const options = z.strictObject({
  trace: z.string(),
  perUnit: z.number().optional(),
  startDelay: z.number(),
  min: z.number(),
  max: z.number().optional(),
  queue: z.boolean(),
  runIn: z.number(),
  seed: z.number(),
  json: z.boolean(),
});
type Options = z.infer<typeof options>;

const DEFAULT_START_DELAY = 300;
/** Without a maximum nobody meets one: so many times the busiest minute. */
const ROOM = 10;

function jobOf(trace: ReturnType<typeof readTrace>, given: Options): Job {
  const { perUnit, seed, min, startDelay, queue } = given;
  const load = loadOf(trace, { perUnit, seed });
  const max = given.max ?? Math.max(min, ROOM * demandOf(load, min).reduce((a, b) => Math.max(a, b), 1));
  return { load, options: { min, max, startDelay, queue, runIn: Math.round(given.runIn / 60) } };
}

async function backtest(given: Options, terminal: Terminal): Promise<void> {
  const { max, min } = given;
  if (max !== undefined && min > max) throw new Invalid(`--min ${min} is above --max ${max}`);
  const trace = { ...readTrace(resolve(terminal.cwd, given.trace)), file: given.trace };
  const job = jobOf(trace, given);
  if (job.options.runIn >= job.load.minutes.length) {
    throw new Invalid(`--run-in leaves nothing of ${given.trace}, which lasts ${time(traceLength(trace))}: give less`);
  }
  for (const notice of traceNotices(trace, 0)) terminal.say(`note: ${notice}`);
  for (const line of assumptions(trace, job, given.perUnit !== undefined)) terminal.say(line);
  const progress = terminal.progress(mostRuns(job), "runs");
  let runs = 0;
  const rows = await playAll(job, (more) => {
    runs += more;
    progress.update(runs);
  }).finally(() => progress.end());
  const head = { trace: given.trace, perUnit: job.load.perUnit, startDelaySeconds: given.startDelay };
  if (given.json) return terminal.print(JSON.stringify({ ...head, rows }, null, 2));
  terminal.print(backtestTable(rows, terminal.width));
  for (const line of ["", ...settingsUsed(rows, job)]) terminal.say(line);
}

/** `headroom backtest` */
export function addBacktest(program: Command, terminal: Terminal): void {
  program
    .command("backtest")
    .summary("Plays a recorded load against Headroom and other autoscalers.")
    .description(
      "Plays a recorded load against Headroom and other autoscalers, and compares what they would have run.\n" +
        "theta: mean relative shortage (U) and surplus (O); tau: share of time with one (SPEC-RG-2016-01).\n" +
        "The excess is what ran beyond demand, as a share of it, with each policy set so that it is short 1 % of the time.",
    )
    .requiredOption("--trace <file>", "recorded load (CSV: timestamp,value)")
    .addOption(
      new Option(
        "--per-unit <n>",
        "what a unit serves a second (default: the 99th percentile needs 20 units)",
      ).argParser(readAboveZero),
    )
    .addOption(
      new Option("--start-delay <seconds>", "from asking for a unit until it serves")
        .argParser(readSeconds)
        .default(DEFAULT_START_DELAY),
    )
    .addOption(new Option("--min <n>", "fewest units").argParser(readWhole).default(1))
    .addOption(
      new Option("--max <n>", `most units (default: ${ROOM} times the busiest minute)`).argParser(readPositive),
    )
    .addOption(
      new Option("--run-in <duration>", "time at the beginning, such as 2d, that is played and not scored")
        .argParser(readDuration)
        .default(0, "none"),
    )
    .option("--queue", "the load is messages that wait in a queue", false)
    .addOption(new Option("--seed <n>", "of the noise by the minute").argParser(readWhole).default(1))
    .option("--json", "print JSON", false)
    .action(async (raw: unknown) => backtest(options.parse(raw), terminal));
}

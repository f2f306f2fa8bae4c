import { type Command, Option } from "commander";
import * as z from "zod";
import { loadConfig } from "../config/load.ts";
import { costTable } from "../cost/cost-table.ts";
import { estimateOf } from "../cost/estimate.ts";
import { play } from "../cost/play.ts";
import { readDuration, readWhole } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const options = z.strictObject({
  config: z.string().optional(),
  for: z.number(),
  seed: z.number(),
  json: z.boolean(),
});
type Options = z.infer<typeof options>;

const MINUTE = 60;
/** A day: its load goes up and down once. */
const DEFAULT_SECONDS = 86_400;

async function cost(given: Options, terminal: Terminal): Promise<void> {
  const { fleet } = await loadConfig(given.config, terminal.cwd);
  const guessed = Object.entries(fleet.targets).filter(([, { simulation }]) => simulation === undefined);
  if (guessed.length > 0)
    terminal.say(`note: without "simulation" an even load is assumed for ${guessed.map(([id]) => id).join(", ")}`);
  const progress = terminal.progress(Math.ceil(given.for / MINUTE), "virtual minutes");
  const played = await play(fleet, { seconds: given.for, seed: given.seed }, progress.update).finally(progress.end);
  if (played.failed > 0) terminal.say(`note: ${played.failed} passes failed, and what they would have used is missing`);
  const estimate = estimateOf(fleet, played);
  terminal.print(given.json ? JSON.stringify(estimate, null, 2) : costTable(estimate, terminal.width));
}

/** `headroom cost` */
export function addCost(program: Command, terminal: Terminal): void {
  program
    .command("cost")
    .summary("Says what Headroom itself costs a month for a fleet.")
    .description(
      "Says what Headroom itself costs a month for a fleet: plays it in the simulated account, counts everything that\n" +
        "AWS bills, and prices it. What the targets cost is not in it. No AWS account is asked.",
    )
    .option("--config <file>", "configuration (default: headroom.config.ts here, or the project's)")
    .addOption(
      new Option("--for <duration>", "virtual time to play (default: 24h)")
        .argParser(readDuration)
        .default(DEFAULT_SECONDS, "24h"),
    )
    .addOption(new Option("--seed <n>", "the same seed gives the same run").argParser(readWhole).default(1))
    .option("--json", "print JSON", false)
    .action(async (raw: unknown) => cost(options.parse(raw), terminal));
}

import type { Fleet } from "@headroom/decisions/config/fleet";
import { signalKey } from "@headroom/decisions/config/signals";
import { signalsFor } from "@headroom/loops/observe";
import type { Command } from "commander";
import * as z from "zod";
import { loadConfig } from "../config/load.ts";
import { output, outputOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { type Column, table } from "../text/table.ts";

const options = z.strictObject({ output });

const columns: Column[] = [
  { head: "TARGET" },
  { head: "KIND" },
  { head: "MODE" },
  { head: "UNITS", align: "right" },
  { head: "POLICIES" },
  { head: "SIGNALS" },
];

/** What a fleet is, in brief. */
export function summaryOf(fleet: Fleet) {
  return Object.entries(fleet.targets).map(([id, config]) => ({
    ...{ id, kind: config.resource.kind, mode: config.mode, min: config.min, max: config.max },
    policies: config.policies.map(({ kind }) => kind),
    signals: [...new Set(signalsFor(config).map(signalKey))],
  }));
}

type Summary = ReturnType<typeof summaryOf>[number];

/** One row a target, and one more for each further signal. */
function rowsOf({ id, kind, mode, min, max, policies, signals }: Summary): string[][] {
  const [first = "", ...others] = signals;
  const row = [id, kind, mode, `${min}-${max}`, policies.join(", "), first];
  return [row, ...others.map((signal) => ["", "", "", "", "", signal])];
}

async function check(given: string | undefined, form: z.infer<typeof output>, terminal: Terminal): Promise<void> {
  const { file, fleet } = await loadConfig(given, terminal.cwd);
  const targets = summaryOf(fleet);
  if (form === "json") terminal.print(JSON.stringify({ file, fleet: fleet.name, targets }, null, 2));
  else terminal.print(table(columns, targets.flatMap(rowsOf), terminal.width));
  terminal.say(`${file} is valid: fleet ${fleet.name} with ${targets.length} targets.`);
}

/** `headroom config check` */
export function addConfig(program: Command, terminal: Terminal): void {
  program
    .command("config")
    .description("Looks after headroom.config.ts.")
    .command("check")
    .description("Loads a configuration and says what is in it, or everything that is wrong with it.")
    .argument("[file]", "the configuration (default: headroom.config.ts here, or the project's)")
    .addOption(outputOption())
    .action(async (file: string | undefined, raw: unknown) => check(file, options.parse(raw).output, terminal));
}

import { type Command, Option } from "commander";
import * as z from "zod";
import { loadConfig } from "../config/load.ts";
import { diagnosisTable } from "../doctor/diagnosis-table.ts";
import { verdictOf } from "../doctor/verdict.ts";
import { readPrincipal } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const options = z.strictObject({
  config: z.string().optional(),
  role: z.string().optional(),
  json: z.boolean(),
});
type Options = z.infer<typeof options>;

async function doctor({ config, role, json }: Options, terminal: Terminal): Promise<void> {
  const { file, fleet } = await loadConfig(config, terminal.cwd);
  // Every client of AWS's SDK is behind these: other commands do without them, and begin sooner.
  const [{ diagnose }, { settingsOfProfile }] = await Promise.all([
    import("@headroom/aws/doctor"),
    import("@headroom/aws/profile"),
  ]);
  const settings = await settingsOfProfile();
  const clock = { now: () => Date.now() / 1000 };
  const diagnosis = await diagnose(fleet, { settings, clock, role });
  const { findings } = diagnosis;
  if (json) terminal.print(JSON.stringify({ file, fleet: fleet.name, ...diagnosis }, null, 2));
  else terminal.print(diagnosisTable(findings, Object.keys(fleet.targets), terminal.width));
  terminal.say(verdictOf(diagnosis));
}

/** `headroom doctor` */
export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command("doctor")
    .summary("Looks for what would be in Headroom's way at AWS. Changes nothing.")
    .description(
      "Asks AWS, with the credentials of this terminal, whether everything is there and right that the fleet needs:\n" +
        "permissions, targets, their bounds, what else scales them, metrics, deployments, endpoints and the clock.\n" +
        "It changes nothing. Exit code 3 where it would not be safe to let Headroom control the fleet.",
    )
    .option("--config <file>", "configuration (default: headroom.config.ts here, or the project's)")
    .addOption(
      new Option("--role <arn>", "simulate the permissions of this role (default: of whoever asks)").argParser(
        readPrincipal,
      ),
    )
    .option("--json", "print JSON", false)
    .action(async (raw: unknown) => doctor(options.parse(raw), terminal));
}

import { resolve } from "node:path";
import type { FleetStatus } from "@headroom/api/answers";
import { instant } from "@headroom/decisions/say";
import type { Command } from "commander";
import * as z from "zod";
import { connect } from "../client.ts";
import { output, outputOption, stateOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { statusTable } from "../text/status-table.ts";

const options = z.strictObject({ output, state: z.string() });

function heading({ fleet, now, tick }: FleetStatus): string {
  const at = (text: string) => instant(Date.parse(text) / 1000);
  return `${fleet} at ${at(now)}, ${tick === null ? "before its first tick" : `last tick ${at(tick)}`}`;
}

/** `headroom status` */
export function addStatus(program: Command, terminal: Terminal): void {
  program
    .command("status")
    .description("Shows every target: its capacity, and what was decided last and why.")
    .addOption(outputOption())
    .addOption(stateOption())
    .action(async (raw: unknown) => {
      const given = options.parse(raw);
      const client = await connect(resolve(terminal.cwd, given.state));
      const status = await client.status();
      if (given.output === "json") return terminal.print(JSON.stringify(status, null, 2));
      terminal.say(heading(status));
      terminal.print(statusTable(status, terminal.width));
    });
}

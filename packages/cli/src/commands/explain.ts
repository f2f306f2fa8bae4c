import { resolve } from "node:path";
import type { Command } from "commander";
import * as z from "zod";
import { connect } from "../client.ts";
import { ask } from "../explain/ask.ts";
import { explanationText } from "../explain/explanation.ts";
import { explanationJson } from "../explain/json.ts";
import { output, outputOption, stateOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const options = z.strictObject({ output, state: z.string(), at: z.string().optional() });

/** `headroom explain` */
export function addExplain(program: Command, terminal: Terminal): void {
  program
    .command("explain")
    .description("Explains in full what was decided about a target and why, and what would be decided now.")
    .argument("<target>", "id of the target")
    .option("--at <time>", "HH:MM or an ISO instant (default: now)")
    .addOption(outputOption())
    .addOption(stateOption())
    .action(async (target: string, raw: unknown) => {
      const given = options.parse(raw);
      const client = await connect(resolve(terminal.cwd, given.state));
      const explanation = await ask(client, target, given.at);
      const isJson = given.output === "json";
      terminal.print(
        isJson ? JSON.stringify(explanationJson(explanation), null, 2) : explanationText(explanation, terminal.bold),
      );
    });
}

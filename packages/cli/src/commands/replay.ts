import { resolve } from "node:path";
import { instant } from "@headroom/decisions/say";
import type { Command } from "commander";
import * as z from "zod";
import { Failed } from "../failed.ts";
import { output, outputOption, stateOption } from "../options.ts";
import { replay, replayedText } from "../replay/compare.ts";
import { findRecord } from "../replay/find.ts";
import type { Terminal } from "../terminal.ts";

const options = z.strictObject({ output, state: z.string() });

/** `headroom replay` */
export function addReplay(program: Command, terminal: Terminal): void {
  program
    .command("replay")
    .description("Decides again from what a record says was seen, and compares. Exit code 1 when it differs.")
    .argument("<record>", "a file that explain -o json printed, - for stdin, or TARGET@TIME")
    .addOption(outputOption())
    .addOption(stateOption())
    .action(async (written: string, raw: unknown) => {
      const given = options.parse(raw);
      const record = await findRecord(written, resolve(terminal.cwd, given.state), terminal);
      const replayed = replay(record);
      terminal.print(given.output === "json" ? JSON.stringify(replayed, null, 2) : replayedText(replayed));
      const { target, at } = record.input;
      if (!replayed.same) throw new Failed(`The record of ${target} at ${instant(at)} gives another decision now`);
    });
}

import { Command, CommanderError } from "commander";
import { commands } from "./commands/registry.ts";
import { exitCodeOf, messageOf } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

const EXIT_CODES = "Exit codes: 0 done, 1 failed, 2 wrong usage or bad input, 3 refused by a guard.";

function createProgram(terminal: Terminal): Command {
  const program = new Command("headroom")
    .description("Keeps AWS services ahead of their load, and says why.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
    })
    .showHelpAfterError("(--help shows what can be said here)")
    .addHelpText("after", `\n${EXIT_CODES}`);
  for (const add of commands) add(program, terminal);
  return program;
}

/** Runs `headroom` with these arguments. Gives its exit code; nothing is thrown. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // commander has said what was wrong already
    if (!(error instanceof CommanderError)) terminal.say(messageOf(error));
    return exitCodeOf(error);
  }
}

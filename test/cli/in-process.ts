import { run } from "@headroom/cli/program";
import type { Terminal } from "@headroom/cli/terminal";
import type { Ended } from "./headroom.ts";

/** Runs the command within this process, which takes a hundredth of the time. Configuration files need the real one. */
export async function inProcess(cwd: string, args: readonly string[], stdin = ""): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  const terminal: Terminal = {
    cwd,
    user: "tester",
    width: undefined,
    print(text) {
      said.stdout += `${text}\n`;
    },
    say(text) {
      said.stderr += `${text}\n`;
    },
    bold: (text) => text,
    progress: () => ({ update: () => undefined, end: () => undefined }),
    stdin: async () => stdin,
    untilStopped: () => new AbortController().signal,
  };
  const code = await run(args, terminal);
  return { code, ...said };
}

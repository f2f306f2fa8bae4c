import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

// The real command in a process of its own, as people and scripts run it.

const PROJECT = resolve(import.meta.dirname, "../..");

/** How a command ended. */
export type Ended = { code: number | null; stdout: string; stderr: string };

export type Running = {
  child: ChildProcess;
  /** Waits until something was said on stderr or printed on stdout; fails when the command ends before. */
  until(pattern: RegExp): Promise<void>;
  ended: Promise<Ended>;
};

type Given = { stdin?: string; env?: Readonly<Record<string, string>> };

/** Starts `headroom` in a folder; `env` is added to the environment. */
export function start(cwd: string, args: readonly string[], { stdin = "", env = {} }: Given = {}): Running {
  const options = { cwd, env: { ...process.env, ...env } };
  const child = spawn(process.execPath, [join(PROJECT, "bin/headroom.mjs"), ...args], options);
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  child.stdin.end(stdin);
  const ended = once(child, "close").then(([code]): Ended => ({ code, ...said }));
  return {
    child,
    ended,
    async until(pattern) {
      const ending = ended.then(() => "ended" as const);
      while (!pattern.test(said.stdout + said.stderr)) {
        const more = Promise.race([once(child.stdout, "data"), once(child.stderr, "data")]);
        if ((await Promise.race([more, ending])) !== "ended") continue;
        if (!pattern.test(said.stdout + said.stderr)) throw new Error(`it ended without ${pattern}:\n${said.stderr}`);
      }
    },
  };
}

/** Runs `headroom` in a folder until it ends. */
export async function headroom(cwd: string, args: readonly string[], given: Given = {}): Promise<Ended> {
  return start(cwd, args, given).ended;
}

/** A new folder for one story. */
export async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "headroom-cli-"));
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const LOOPBACK = "127.0.0.1";
const BIN = fileURLToPath(new URL("../../../.emulators/venv/bin/", import.meta.url));
/** A busy machine takes its time; a second is usual. */
const DEADLINE_MILLISECONDS = 90_000;

/** How one emulator is started. `folder` is one of its own, which is gone afterwards. */
export type Recipe = {
  name: string;
  command: string;
  args(port: number): string[];
  env(port: number, folder: string): Record<string, string>;
  /** Path that answers 200 as soon as it is ready. */
  health: string;
  /** Has it do once what takes longer than a client of ours would wait. */
  warmUp?(endpoint: string): Promise<void>;
};

/** An emulator that runs, for nobody but this machine. */
export type Emulator = { endpoint: string; stop(): Promise<void> };

/** A port that nobody uses. Somebody may before it is taken: then the emulator says so, and ends. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

/** Variables that lead to a real account, or that would make an emulator use a Docker that happens to be there. */
function clean(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => ["PATH", "HOME", "LANG", "TMPDIR"].includes(name));
  return { ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""])), DOCKER_HOST: "unix:///nowhere" };
}

async function ready(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MILLISECONDS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error(
    `${url} never answered: ${child.exitCode === null ? "it still runs" : `exit ${child.exitCode}`}\n${said()}`,
  );
}

/**
 * Starts an emulator on a free port.
 * @throws Error when it is not installed, or does not come up
 */
export async function startEmulator(recipe: Recipe): Promise<Emulator> {
  const command = BIN + recipe.command;
  if (!existsSync(command)) throw new Error(`${recipe.name} is not installed: run it through npm run test:aws`);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), `${recipe.command}-`));
  const env = { ...clean(process.env), ...recipe.env(port, folder) };
  const log: string[] = [];
  const child = spawn(command, recipe.args(port), { env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => log.push(text));
  }
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const endpoint = `http://${LOOPBACK}:${port}`;

  async function stop(): Promise<void> {
    process.off("exit", kill);
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      kill(); // nothing in it is to be kept
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    await ready(endpoint + recipe.health, child, () => log.join("").slice(-4000));
    await recipe.warmUp?.(endpoint);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

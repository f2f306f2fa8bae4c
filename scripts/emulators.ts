// Makes the virtual environment in which `npm run test:aws` and `npm run test:deployed` run moto and MiniStack, from
// pinned packages of PyPI. It is kept in `.emulators`, and made anew when the pins change. Prints nothing when there is
// nothing to do.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const home = `${root}.emulators`;
const venv = `${home}/venv`;
const stamp = `${home}/made-of`;
const requirements = `${root}test/aws/emulators/requirements.txt`;

type Step = { command: string; args: string[]; env?: Record<string, string> };

/** Runs one command, quietly. @returns why it failed, or undefined */
function run({ command, args, env }: Step): string | undefined {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: "1", ...env },
  });
  if (error === undefined && status === 0) return undefined;
  const said = `${stdout ?? ""}${stderr ?? ""}`.trim().split("\n").slice(-5).join("\n  ");
  return `${command} ${args.join(" ")}: ${error?.message ?? `exit ${status}`}\n  ${said}`;
}

/** Every step, until one fails. @returns why it failed, or undefined */
function runAll(steps: readonly Step[]): string | undefined {
  for (const step of steps) {
    const why = run(step);
    if (why !== undefined) return why;
  }
  return undefined;
}

const module = (name: string, ...args: string[]): Step => ({ command: "python3", args: ["-m", name, ...args] });
const own = `${home}/virtualenv`;

/** Ways to an empty virtual environment, the plainest first: Debian's python3 comes without ensurepip. */
const ways: Record<string, Step[]> = {
  "python3 -m venv": [module("venv", "--clear", venv)],
  "virtualenv, by pip": [
    module("pip", "install", "-q", "--target", own, "virtualenv==20.35.4"),
    { ...module("virtualenv", "-q", "--clear", venv), env: { PYTHONPATH: own } },
  ],
};
// A container of CI runs as root, and installs what it needs itself.
if (process.getuid?.() === 0) {
  ways["apt-get install python3-venv"] = [
    { command: "apt-get", args: ["-qq", "update"] },
    { command: "apt-get", args: ["-qq", "-y", "--no-install-recommends", "install", "python3", "python3-venv"] },
    module("venv", "--clear", venv),
  ];
}

function makeVenv(): void {
  const failures: string[] = [];
  for (const [way, steps] of Object.entries(ways)) {
    const why = runAll(steps);
    if (why === undefined) return;
    failures.push(`- ${way}: ${why}`);
  }
  throw new Error(
    `no virtual environment for Python can be made: install python3 (3.11 or later) with its venv module, in Debian and Ubuntu: apt-get install python3-venv\n${failures.join("\n")}`,
  );
}

function make(): void {
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Installing moto and MiniStack from PyPI, once ...\n");
  mkdirSync(home, { recursive: true });
  rmSync(stamp, { force: true });
  makeVenv();
  const why = run({ command: `${venv}/bin/pip`, args: ["install", "-q", "--no-deps", "-r", requirements] });
  if (why !== undefined) throw new Error(`moto and MiniStack cannot be installed from PyPI: ${why}`);
  writeFileSync(stamp, wanted);
}

try {
  make();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

// The scripts that run before anything is installed, in a tree of their own with an npm that only pretends.

const repository = join(import.meta.dirname, "..");
let root: string;

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), 0o755);
}

/** An npm that does this, and a Node 24 that an install puts in place. */
function pretendNpm(script: string): void {
  write("bin-of-npm/npm", `#!/bin/sh\n${script}\n`);
}
const lock = JSON.stringify({ packages: { "": {}, "node_modules/zod": { version: "4.6.7" } } });
const INSTALLS = `mkdir -p node_modules/.bin
cp package-lock.json node_modules/.package-lock.json
ln -sf "${process.execPath}" node_modules/.bin/node
echo "added 1 package"`;

const environment = () => ({ PATH: `${join(root, "bin-of-npm")}:/usr/bin:/bin` });

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8", env: environment() });
  return { status, stdout, stderr };
}

/** Starts a command without waiting for its end. */
function launch(command: string, args: readonly string[], more: Record<string, string> = {}) {
  return spawn(command, args, { cwd: root, env: { ...environment(), ...more }, stdio: ["ignore", "pipe", "pipe"] });
}

/** What was said on stderr, once this is part of it. */
async function saidBy({ stderr }: ReturnType<typeof launch>, part: string): Promise<string> {
  let said = "";
  while (!said.includes(part)) said += String((await once(stderr, "data"))[0]);
  return said;
}

const headroom = (...args: string[]) => run(process.execPath, "bin/headroom.mjs", ...args);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "headroom-set-up-"));
  for (const path of ["bin/headroom.mjs", "scripts/ready.mjs", "scripts/set-up-lock.mjs", ".ci/run"])
    cpSync(join(repository, path), join(root, path));
  write("package-lock.json", lock);
  write("packages/cli/src/main.ts", "console.log(JSON.stringify(process.argv.slice(2)));");
  pretendNpm(INSTALLS);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("bin/headroom.mjs", () => {
  it("installs on a fresh clone and leaves stdout to the command", () => {
    expect(headroom("dev", "--json")).toEqual({
      status: 0,
      stdout: '["dev","--json"]\n',
      stderr: "headroom: installing (dependencies are missing); about a minute ...\n",
    });
  });

  it("is silent once everything is there", () => {
    headroom();
    pretendNpm("exit 1");
    expect(headroom("x")).toEqual({ status: 0, stdout: '["x"]\n', stderr: "" });
  });

  it("installs again when the lockfile has moved on", () => {
    headroom();
    write("package-lock.json", lock.replace("4.6.7", "4.6.8"));
    expect(headroom().stderr).toContain("installing (node_modules/zod is not at 4.6.8)");
    write("package-lock.json", lock.replaceAll("zod", "croner"));
    expect(headroom().stderr).toContain("installing (node_modules/croner is missing)");
  });

  it.each([
    ["npm error code ENOTFOUND", "the package registry cannot be reached. Check the network"],
    ["npm error code EUSAGE", "package.json and package-lock.json do not match. Run: npm install"],
    ["npm error code ENOSPC", "node_modules cannot be written. Check free space"],
    ["npm error code E418", "npm ci ended with 7. Try again with: npm ci"],
  ])("says what to do about %s", (error, advice) => {
    pretendNpm(`echo "${error}" >&2; exit 7`);
    const { status, stdout, stderr } = headroom();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(error);
    expect(stderr).toContain(`headroom: not ready: ${advice}`);
  });

  it("says so when there is no npm, and when npm says that it is done but nothing is there", () => {
    pretendNpm("exit 0");
    expect(headroom()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("not ready: dependencies are missing"),
    });
    rmSync(join(root, "bin-of-npm"), { recursive: true });
    const { status, stderr } = spawnSync(process.execPath, ["bin/headroom.mjs"], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: root },
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("npm cannot be started") });
  });

  it.each([
    ["an exit code", "process.exitCode = 3;", 3],
    ["a death by signal", 'process.kill(process.pid, "SIGKILL");', 137],
    ["an error", "throw new Error();", 1],
  ])("passes on %s", (_, main, status) => {
    write("packages/cli/src/main.ts", main);
    expect(headroom().status).toBe(status);
  });

  it.each([["SIGINT"], ["SIGTERM"], ["SIGHUP"]] as const)("passes on %s", async (signal) => {
    write(
      "packages/cli/src/main.ts",
      `process.on("${signal}", () => { process.exit(42); }); setInterval(() => {}, 1000); console.log("waiting");`,
    );
    const child = spawn(process.execPath, ["bin/headroom.mjs"], {
      cwd: root,
      env: environment(),
      stdio: ["ignore", "pipe", "ignore"],
    });
    child.stdout.once("data", () => child.kill(signal));
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(42);
  });

  it("is told by the channel when the launcher was killed", async () => {
    write(
      "packages/cli/src/main.ts",
      'process.on("disconnect", () => { console.log("alone"); process.exit(); }); console.log("waiting");',
    );
    const child = launch(process.execPath, ["bin/headroom.mjs"]);
    child.stdout.once("data", () => child.kill("SIGKILL"));
    expect(await text(child.stdout)).toBe("waiting\nalone\n");
  });

  it.each([
    ["ends when the shell that npm started it with does", { npm_lifecycle_event: "start" }, "waiting\nstopped\n"],
    ["without npm goes on", {}, "waiting\nstill there\n"],
  ])("%s", async (_, more, says) => {
    write(
      "packages/cli/src/main.ts",
      `process.on("SIGTERM", () => { console.log("stopped"); process.exit(); });
      setTimeout(() => { console.log("still there"); process.exit(); }, 1500);
      console.log("waiting");`,
    );
    const shell = launch("/bin/sh", ["-c", `"${process.execPath}" bin/headroom.mjs; true`], more);
    shell.stdout.once("data", () => shell.kill("SIGTERM"));
    expect(await text(shell.stdout)).toBe(says);
  });
});

describe("two set-ups at a time", () => {
  const lockFolder = ".headroom-set-up.lock";
  const locks = () => readdirSync(root).filter((name) => name.startsWith(lockFolder));

  it("install once: the second waits", async () => {
    pretendNpm(`echo x >>installs; until [ -e go ]; do sleep 0.02; done\n${INSTALLS}`);
    const both = [launch(process.execPath, ["bin/headroom.mjs"]), launch(process.execPath, ["bin/headroom.mjs"])];
    const said = await Promise.race(both.map((child) => saidBy(child, "waiting for another set-up")));
    expect(said).toContain(join(root, lockFolder));
    write("go", "");
    expect(await Promise.all(both.map((child) => text(child.stdout)))).toEqual(["[]\n", "[]\n"]);
    expect(readFileSync(join(root, "installs"), "utf8")).toBe("x\n");
    expect(locks()).toEqual([]);
  });

  it("take over from one that was killed", async () => {
    pretendNpm("kill -9 $PPID");
    expect(headroom().status).not.toBe(0);
    expect(locks()).toEqual([lockFolder]);
    pretendNpm(`echo x >>installs; ${INSTALLS}`);
    const both = [launch(process.execPath, ["bin/headroom.mjs"]), launch(process.execPath, ["bin/headroom.mjs"])];
    expect(await Promise.all(both.map((child) => text(child.stdout)))).toEqual(["[]\n", "[]\n"]);
    expect(readFileSync(join(root, "installs"), "utf8")).toBe("x\n");
    expect(locks()).toEqual([]);
  });

  it("are let in after one that failed", () => {
    pretendNpm("exit 7");
    expect(headroom().status).toBe(1);
    expect(locks()).toEqual([]);
  });
});

describe(".ci/run", () => {
  const ci = () => run("bash", ".ci/run");
  const closingLines = (text: string) => text.match(/^\d+ passed, \d+ failed, \d+ skipped$/gm);

  it.each([
    ["tests that pass", 'echo "12 passed, 0 failed, 1 skipped"', "12 passed, 0 failed, 1 skipped", 0],
    [
      "two suites",
      'echo "12 passed, 0 failed, 1 skipped"; echo "3 passed, 0 failed, 0 skipped"',
      "15 passed, 0 failed, 1 skipped",
      0,
    ],
    ["tests that fail", 'echo "12 passed, 2 failed, 0 skipped"; exit 1', "12 passed, 2 failed, 0 skipped", 1],
    ["failures that nobody returned", 'echo "1 passed, 2 failed, 0 skipped"', "1 passed, 2 failed, 0 skipped", 1],
    ["a lint that fails before any test", 'echo "Found 3 errors." >&2; exit 1', "0 passed, 1 failed, 0 skipped", 1],
    ["a crash after the tests", 'echo "12 passed, 0 failed, 0 skipped"; exit 134', "12 passed, 1 failed, 0 skipped", 1],
    ["no test at all", "exit 0", "0 passed, 0 failed, 0 skipped", 1],
  ])("closes with one line after %s", (_, npm, line, status) => {
    pretendNpm(`[ "$2" = check ] || exit 0; ${npm}`); // the other suites run nothing
    const result = ci();
    expect(result.status).toBe(status);
    expect(closingLines(result.stdout)).toEqual([line]);
    expect(result.stdout.trimEnd().split("\n").at(-1)).toBe(line);
  });

  it("shows everything else that the suites print", () => {
    pretendNpm('echo "$@"; echo "about 3 passed, 0 failed, 0 skipped"; echo "1 passed, 0 failed, 0 skipped"');
    expect(ci().stdout).toContain("run check\nabout 3 passed, 0 failed, 0 skipped\n");
  });
});

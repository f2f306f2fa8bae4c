import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fleetStatus } from "@headroom/api/answers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { headroom, newFolder, type Running, start } from "./headroom.ts";
import { inProcess } from "./in-process.ts";

let folder: string;
let running: Running[];
beforeEach(async () => {
  folder = await newFolder();
  running = [];
});
afterEach(async () => {
  for (const each of running) each.child.kill("SIGTERM"); // those that have ended do not mind
  await Promise.all(running.map(({ ended }) => ended));
  await rm(folder, { recursive: true });
});

const state = (...names: string[]) => join(folder, ".headroom", ...names);

/** `headroom dev`, ten virtual minutes a second; its first change comes within the first virtual minutes. */
async function dev(): Promise<Running> {
  const started = start(folder, ["dev", "--speed", "600"]);
  running.push(started);
  await started.until(/Ctrl-C stops/);
  return started;
}

async function stop({ child, ended }: Running, signal: NodeJS.Signals) {
  child.kill(signal);
  return ended;
}

async function status() {
  const { code, stdout } = await inProcess(folder, ["status", "-o", "json"]);
  expect(code).toBe(0);
  return fleetStatus.parse(JSON.parse(stdout));
}

describe("a second terminal", { timeout: 60_000 }, () => {
  it("asks the running dev what it did, why, and what it would do, and is told what is wrong with a question", async () => {
    const first = await dev();
    await first.until(/search +\d+ -> \d+/);
    const { targets, fleet } = await status();
    expect(fleet).toBe("shop");
    expect(targets.find(({ id }) => id === "search")?.latest).not.toBeNull();

    const table = await headroom(folder, ["status"]);
    expect(table.stdout).toMatch(/^TARGET +MODE +SET +READY/);
    expect(table.stderr).toMatch(/^shop at 2026-01-05 .*, last tick /);

    const text = await headroom(folder, ["explain", "search"]);
    expect(text.code).toBe(0);
    for (const title of ["Seen", "Proposed", "Combined", "Limited", "Decided", "Now "])
      expect(text.stdout).toContain(title);

    const json = await headroom(folder, ["explain", "search", "-o", "json"]);
    await writeFile(join(folder, "record.json"), json.stdout);
    const [fromFile, fromStdin] = await Promise.all([
      headroom(folder, ["replay", "record.json"]),
      headroom(folder, ["replay", "-"], { stdin: json.stdout }),
    ]);
    const { at } = z.looseObject({ at: z.string() }).parse(JSON.parse(json.stdout));
    const fromDev = await headroom(folder, ["replay", `search@${at}`]);
    for (const { code, stdout } of [fromFile, fromStdin, fromDev]) {
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^same decision\n/) });
    }
    expect(fromDev.stdout).toBe(fromFile.stdout);

    const [unknown, time, early] = await Promise.all([
      inProcess(folder, ["explain", "serach"]),
      inProcess(folder, ["explain", "web", "--at", "noon"]),
      inProcess(folder, ["explain", "web", "--at", "2020-01-01T00:00:00Z"]),
    ]);
    expect(unknown).toMatchObject({
      code: 2,
      stdout: "",
      stderr: 'error: There is no target "serach": did you mean search?\n',
    });
    expect(time).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: --at noon is not a time: write HH:MM/),
    });
    expect(early).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is no record of web at 2020-01-01"),
    });
  });

  it("cannot start a second dev on the same state, and the first does not notice", async () => {
    const first = await dev();
    const endpoint = await readFile(state("endpoint.json"), "utf8");
    const second = await inProcess(folder, ["dev"]);
    expect(second).toMatchObject({ code: 2, stdout: "" });
    expect(second.stderr).toMatch(
      /^error: .* is in use, probably by another `headroom dev`: stop that one, or use --state DIR\.\n$/,
    );
    expect(await readFile(state("endpoint.json"), "utf8")).toBe(endpoint);
    expect((await stop(first, "SIGINT")).code).toBe(0);
  });
});

describe("recorded load", { timeout: 60_000 }, () => {
  it("comes with what had to be made up of it", async () => {
    await writeFile(join(folder, "gap.csv"), "timestamp,value\n0,600\n60,600\n180,600\n240,600\n");
    const started = start(folder, ["dev", "--trace", "web=gap.csv"]);
    running.push(started);
    await started.until(/Ctrl-C stops\..*note: web: gap\.csv leaves out 1 interval in 1 gap: filled in/s);
    expect((await stop(started, "SIGINT")).code).toBe(0);
  });
});

describe("a restart", { timeout: 60_000 }, () => {
  it.each(["SIGINT", "SIGTERM"] as const)("after %s goes on where it stopped", async (signal) => {
    const first = await dev();
    await first.until(/\d -> \d/);
    const before = await status();
    const { code, stderr } = await stop(first, signal);
    expect(code).toBe(0);
    expect(stderr).toContain("Begins at 2026-01-05 00:00:00Z");
    const [, stopped] = /Stopped at (.+Z)\. The state is in .*\.headroom/.exec(stderr) ?? [];
    expect((await readdir(state())).sort()).toEqual(["dynamodb", "twin.json"]);

    const gone = await inProcess(folder, ["status"]);
    expect(gone).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("npx headroom dev") });

    const again = await dev();
    const after = await status();
    expect(Date.parse(after.now)).toBeGreaterThan(Date.parse(before.now));
    const record = await inProcess(folder, ["explain", "search", "--at", "00:03"]);
    expect(record.stdout).toContain("search at 2026-01-05 00:03:00Z");
    expect((await stop(again, signal)).stderr).toContain(`Goes on at ${stopped}`);
  });

  it("after a crash replaces what it left behind, and never goes back behind a tick", async () => {
    const first = start(folder, ["dev", "--speed", "600"]);
    await first.until(/\d -> \d/);
    const before = await status();
    const { pid } = z.looseObject({ pid: z.int() }).parse(JSON.parse(await readFile(state("endpoint.json"), "utf8")));
    process.kill(pid, "SIGKILL"); // of the dev itself: its parent in bin/ ends with it
    await first.ended;
    const dead = await inProcess(folder, ["status"]);
    expect(dead).toMatchObject({ code: 1, stderr: expect.stringContaining("No headroom dev is running") });

    await dev();
    const after = await status();
    expect(Date.parse(after.now)).toBeGreaterThanOrEqual(Date.parse(before.tick ?? ""));
    expect((await stat(state("endpoint.json"))).mode & 0o777).toBe(0o600);
  });

  it("after its launcher was killed, which stops it as SIGTERM does", async () => {
    const first = await dev();
    await first.until(/\d -> \d/);
    const { stderr } = await stop(first, "SIGKILL");
    const [, stopped] = /Stopped at (.+Z)\. /.exec(stderr) ?? [];
    expect((await readdir(state())).sort()).toEqual(["dynamodb", "twin.json"]);
    const again = await dev();
    expect((await stop(again, "SIGINT")).stderr).toContain(`Goes on at ${stopped}`);
  });

  it("with the simulated account gone goes on at the newest tick", async () => {
    const first = await dev();
    await first.until(/\d -> \d/);
    const { tick } = await status();
    await stop(first, "SIGINT");
    await rm(state("twin.json"));
    const again = await dev();
    expect(Date.parse((await status()).now)).toBeGreaterThanOrEqual(Date.parse(tick ?? ""));
    await stop(again, "SIGINT");
  });

  it("with what does not belong to it is refused, and nothing is lost", async () => {
    await stop(await dev(), "SIGINT");
    const twin = await readFile(state("twin.json"), "utf8");
    const wrong: [text: string, args: string[], says: string][] = [
      ["{", [], "twin.json is not JSON"],
      ['{"version":1,"fleet":"shop","seed":1,"twin":{"at":1}}', [], "twin.json does not fit"],
      ['{"version":1,"fleet":"bank","seed":1,"twin":{}}', [], "holds the fleet bank, not shop"],
      [twin, ["--seed", "2"], "was begun with seed 1"],
    ];
    for (const [text, args, says] of wrong) {
      await writeFile(state("twin.json"), text);
      const { code, stdout, stderr } = await inProcess(folder, ["dev", ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^error: /);
      expect(stderr).toContain(says);
      expect(stderr).toContain("--state");
      expect(await readFile(state("twin.json"), "utf8")).toBe(text);
      expect((await readdir(state())).sort()).toEqual(["dynamodb", "twin.json"]);
    }
  });
});

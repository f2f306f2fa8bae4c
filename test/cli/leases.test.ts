import { rm } from "node:fs/promises";
import { fleetStatus } from "@headroom/api/answers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newFolder, type Running, start } from "./headroom.ts";
import { inProcess } from "./in-process.ts";

let folder: string;
let dev: Running;
beforeAll(async () => {
  folder = await newFolder();
  dev = start(folder, ["dev", "--speed", "600"]);
  await dev.until(/Ctrl-C stops/);
}, 60_000);
afterAll(async () => {
  dev.child.kill("SIGTERM");
  await dev.ended;
  await rm(folder, { recursive: true });
});

/** What is asked on a command line, with quotes. */
async function ask(line: string) {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? "");
  return inProcess(folder, words);
}

async function leasesOf(id: string) {
  const { stdout } = await ask("status -o json");
  return fleetStatus.parse(JSON.parse(stdout)).targets.find((target) => target.id === id)?.leases ?? [];
}

describe("an operator", { timeout: 60_000 }, () => {
  it("pauses everything for a while, sees it everywhere, and resumes", async () => {
    const would = await ask("pause --all --in-only --for 2h --reason 'the sale' --dry-run");
    expect(would).toMatchObject({ code: 0, stderr: "" });
    expect(would.stdout).toMatch(
      /^would change all targets: no pause → Scaling in is paused by tester until .+: the sale\. 2 h left\n$/,
    );
    expect(await leasesOf("web")).toEqual([]);

    const { stdout } = await ask("pause --all --in-only --for 2h --reason 'the sale' --owner ada");
    expect(stdout).toMatch(/^all targets: no pause → Scaling in is paused by ada/);
    expect(await leasesOf("search")).toMatchObject([{ kind: "pause", target: "*" }]);
    expect((await ask("status")).stdout).toMatch(/\nall targets: Scaling in is paused by ada .+ (min|h) left\n/);
    await dev.until(/all +lease granted +Scaling in is paused by ada/);
    expect((await ask("explain web")).stdout).toMatch(/Scaling in is paused by ada until .+ left/);

    expect(await ask("resume web")).toMatchObject({ code: 2, stderr: expect.stringContaining("--all") });
    expect((await ask("resume --all --reason over")).stdout).toMatch(/ left → no pause\n$/);
    expect(await leasesOf("web")).toEqual([]);
    await dev.until(/lease ended +The pause by ada was taken back or replaced: the sale\./);
  });

  it("pins and limits a target, and a lease ends by itself", async () => {
    expect((await ask("limit web --max 60 --for 1d --reason sale")).code).toBe(0);
    expect((await ask("pin web 50 --for 10m --reason 'load test'")).stdout).toContain(
      "web: no pin → Pinned at 50 units",
    );
    await dev.until(/web +lease ended +The pin by tester ran out: load test\./);
    expect((await ask("unlimit web")).stdout).toMatch(/→ no limit\n$/);
    expect(await ask("unpin web")).toMatchObject({ code: 2, stderr: "error: There is no pin on web\n" });
  });

  it.each([
    ["pin web 400 --for 1h --reason x", 3, "400 is outside of the bounds of web, 2 to 40"],
    ["limit web --min 50 --for 1h --reason x", 3, "The minimum of web would be 50, above its maximum of 40"],
    ["pause web --reason x", 2, "say --for 2h or --until 18:00"],
    ["pause web --for 1h", 2, "required option '--reason <text>' not specified"],
    ["pause --for 1h --reason x", 2, "Name a target, or say --all"],
    ["pause web --all --for 1h --reason x", 2, "Either web or --all"],
    ["pause web --in-only --out-only --for 1h --reason x", 2, "Either --in-only or --out-only"],
    ["pause web --until noon --reason x", 2, "--until noon is not a time"],
    ["pause web --until '2026-02-30 10:00' --reason x", 2, "--until 2026-02-30 10:00 is not a time"],
    ["pause web --for 30s --reason x", 2, "shorter than 2 min"],
    ["pause web --for 31d --reason x", 2, "longer than 30 days"],
    ["pin wbe 4 --for 1h --reason x", 2, "did you mean web?"],
    ["pin web many --for 1h --reason x", 2, "Write a whole number"],
  ])("%s: exit code %d", async (line, code, says) => {
    const answer = await ask(line);
    expect(answer).toMatchObject({ code, stdout: "" });
    expect(answer.stderr).toContain(says);
  });
});

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newFolder } from "./headroom.ts";
import { inProcess } from "./in-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
  const rows = Array.from(
    { length: 72 },
    (_, index) => `${index * 300},${Math.round(900 + 500 * Math.sin(index / 9))}`,
  );
  await writeFile(join(folder, "load.csv"), ["timestamp,value", ...rows].join("\n"));
  await writeFile(join(folder, "zero.csv"), "timestamp,value\n0,0\n60,0\n120,0\n");
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (line: string) => inProcess(folder, line.split(" "));

const KEYS = "policy unitHours thetaU thetaO tauU tauO adaptationsPerHour excessAtTauU1 nearestTauU setting".split(" ");
const OURS = ["headroom", "headroom-direct", "aws-target-tracking", "aws-target-tracking-20s", "hpa"];

describe("headroom backtest", { timeout: 60_000 }, () => {
  it("prints JSON alone, the same for the same seed", async () => {
    const [first, again, other] = await Promise.all(
      ["", " --seed 1", " --seed 2"].map((seed) => ask(`backtest --trace load.csv --json${seed}`)),
    );
    expect(first?.code).toBe(0);
    const found = JSON.parse(first?.stdout ?? "");
    expect(Object.keys(found)).toEqual(["trace", "perUnit", "startDelaySeconds", "rows"]);
    expect(found).toMatchObject({ trace: "load.csv", startDelaySeconds: 300 });
    expect(found.rows.map(({ policy }: { policy: string }) => policy)).toEqual([...OURS, "static-peak", "oracle"]);
    for (const row of found.rows) expect(Object.keys(row)).toEqual(KEYS);
    expect(again?.stdout).toBe(first?.stdout);
    expect(other?.stdout).not.toBe(first?.stdout);
  });

  it("prints a table, and what it assumed beside it", async () => {
    const { code, stdout, stderr } = await ask("backtest --trace load.csv --queue --start-delay 60 --per-unit 0.5");
    expect(code).toBe(0);
    const policies = stdout.split("\n").flatMap((line) => /^[a-z]\S+/.exec(line) ?? []);
    expect(policies).toEqual([...OURS, "keda-sqs", "aws-backlog-per-instance", "static-peak", "oracle"]);
    expect(stderr).toContain("One unit serves 0.5 a second (as given); demand is 3 to 11 units");
    expect(stderr).toContain("Units serve 1 min after they were asked for");
    expect(stderr).toContain("hpa: target utilisation 0.7, and ");
  });

  it.each([
    ["", "required option '--trace <file>' not specified"],
    ["--trace gone.csv", "gone.csv: there is no such file"],
    ["--trace .", "cannot be read"],
    ["--trace zero.csv", "say what a unit serves with --per-unit"],
    ["--trace load.csv --per-unit 0", "'0' is invalid. Write a number above 0."],
    ["--trace load.csv --per-unit many", "'many' is invalid"],
    ["--trace load.csv --start-delay -1", "'-1' is invalid. Write a whole number of seconds"],
    ["--trace load.csv --min 5 --max 4", "--min 5 is above --max 4"],
    ["--trace load.csv --max 0", "'0' is invalid. Write a whole number of 1 or more"],
    ["--trace load.csv --seed x", "'x' is invalid"],
    ["--trace load.csv --que", "(Did you mean --queue?)"],
  ])("%s is refused", async (line, says) => {
    const { code, stdout, stderr } = await ask(`backtest ${line}`.trim());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });
});

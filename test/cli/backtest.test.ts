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
  await writeFile(join(folder, "gap.csv"), "timestamp,value\n0,5\n60,6\n120,5\n600,6\n");
  await writeFile(join(folder, "far.csv"), "timestamp,value\n0,5\n1,6\n2,5\n400000000,6\n");
  await writeFile(join(folder, "long.csv"), "timestamp,value\n0,5\n86400,6\n172800,5\n72576000,6\n");
  await writeFile(join(folder, "zero.csv"), "timestamp,value\n0,0\n60,0\n120,0\n");
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (line: string) => inProcess(folder, line.split(" "));

const KEYS = "policy unitHours thetaU thetaO tauU tauO adaptationsPerHour excessAtTauU1 nearestTauU setting".split(" ");
const OURS = ["headroom", "headroom+forecast", "headroom-direct", "headroom-direct+forecast"];
const QUEUE = ["headroom", "headroom-direct", "aws-target-tracking", "aws-target-tracking-20s", "hpa"];
const THEIRS = ["aws-target-tracking", "aws-target-tracking-20s", "aws-predictive", "hpa"];

describe("headroom backtest", { timeout: 60_000 }, () => {
  it("prints JSON alone, the same for the same seed", async () => {
    const [first, again, other] = await Promise.all(
      ["", " --seed 1", " --seed 2"].map((seed) => ask(`backtest --trace load.csv --json${seed}`)),
    );
    expect(first?.code).toBe(0);
    const found = JSON.parse(first?.stdout ?? "");
    expect(Object.keys(found)).toEqual(["trace", "perUnit", "startDelaySeconds", "rows"]);
    expect(found).toMatchObject({ trace: "load.csv", startDelaySeconds: 300 });
    const policies = found.rows.map(({ policy }: { policy: string }) => policy);
    expect(policies).toEqual([...OURS, ...THEIRS, "static-peak", "oracle"]);
    for (const row of found.rows) expect(Object.keys(row)).toEqual(KEYS);
    expect(again?.stdout).toBe(first?.stdout);
    expect(other?.stdout).not.toBe(first?.stdout);
  });

  it("prints a table, and what it assumed beside it", async () => {
    const { code, stdout, stderr } = await ask("backtest --trace load.csv --queue --start-delay 60 --per-unit 0.5");
    expect(code).toBe(0);
    const policies = stdout.split("\n").flatMap((line) => /^[a-z]\S+/.exec(line) ?? []);
    expect(policies).toEqual([...QUEUE, "keda-sqs", "aws-backlog-per-instance", "static-peak", "oracle"]);
    expect(stderr).toContain("One unit serves 0.5 a second (as given); demand is 3 to 11 units");
    expect(stderr).toContain("Units serve 1 min after they were asked for");
    expect(stderr).toContain("hpa: target utilisation 0.7, and ");
  });

  it("plays a run-in, and does not score it", async () => {
    const whole = await ask("backtest --trace load.csv --json");
    const part = await ask("backtest --trace load.csv --json --run-in 3h");
    const hours = ({ stdout }: { stdout: string }) => JSON.parse(stdout).rows.at(-1).unitHours;
    expect(part.stderr).toContain("The first 3 h are played and not scored.");
    expect(hours(part)).toBeGreaterThan(0.3 * hours(whole));
    expect(hours(part)).toBeLessThan(0.7 * hours(whole));
  });

  it("tells of what it filled in", async () => {
    const { code, stderr } = await ask("backtest --trace gap.csv --per-unit 0.02");
    expect(code).toBe(0);
    expect(stderr).toContain("note: gap.csv leaves out 7 intervals in 1 gap: filled in\n");
  });

  it.each([
    ["", "required option '--trace <file>' not specified"],
    ["--trace gone.csv", "gone.csv: there is no such file"],
    ["--trace .", "cannot be read"],
    ["--trace zero.csv", "say what a unit serves with --per-unit"],
    ["--trace far.csv", "far.csv, line 5: timestamp 400000000 comes after 2"],
    ["--trace long.csv", "long.csv: lasts 841 days, and a backtest plays at most 732"],
    [
      "--trace load.csv --per-unit 1e-15",
      "load.csv: at 1e-15 a second for each, its busiest minute needs 5.03e+15 units, and 1,000,000 are the most: check --per-unit",
    ],
    ["--trace load.csv --per-unit 1e-320", "check --per-unit"],
    ["--trace load.csv --per-unit 0", "'0' is invalid. Write a number above 0."],
    ["--trace load.csv --per-unit many", "'many' is invalid"],
    ["--trace load.csv --start-delay -1", "'-1' is invalid. Write a whole number of seconds"],
    ["--trace load.csv --min 5 --max 4", "--min 5 is above --max 4"],
    ["--trace load.csv --run-in 6h", "--run-in leaves nothing of load.csv, which lasts 6 h: give less"],
    ["--trace load.csv --max 0", "'0' is invalid. Write a whole number of 1 or more"],
    ["--trace load.csv --seed x", "'x' is invalid"],
    ["--trace load.csv --que", "(Did you mean --queue?)"],
  ])("%s is refused", async (line, says) => {
    const { code, stdout, stderr } = await ask(`backtest ${line}`.trim());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });
});

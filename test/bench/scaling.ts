import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { playAll } from "@headroom/cli/backtest/play-all";
import { jobOf } from "./scaling/jobs.ts";
import { type Found, type Ratio, ratiosOf } from "./scaling/summary.ts";

// npm run bench:scaling: every policy on every trace of a folder, with units that take 300 and 60 s to start: what each
// runs beyond demand when all of them are short 1 % of the time. --traces DIR, --only TRACE and --delay SECONDS (both as
// often as wanted), --run-in DAYS that are played and not scored (a forecast needs two), --json. Takes about an hour.

const { values: given } = parseArgs({
  options: {
    traces: { type: "string", default: `${import.meta.dirname}/../../../shared/traces` },
    only: { type: "string", multiple: true },
    delay: { type: "string", multiple: true, default: ["300", "60"] },
    "run-in": { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});

const say = (line: string) => console.error(line);

function filesAsked(): string[] {
  if (!existsSync(given.traces)) throw new Error(`${given.traces}: there is no such folder; name one with --traces`);
  return readdirSync(given.traces)
    .filter((file) => file.endsWith(".csv"))
    .filter((file) => given.only === undefined || given.only.includes(basename(file, ".csv")))
    .map((file) => join(given.traces, file));
}

const figure = (value: number | null, digits = 2) => (value === null ? "-" : value.toFixed(digits));

const HEADS = ["excess", "nearest", "unit h", "thetaU", "thetaO", "tauU", "tauO", "changes/h"];

function line(row: Found): string {
  const cells = [
    ...[figure(row.excessAtTauU1, 3), figure(row.nearestTauU), figure(row.unitHours, 0)],
    ...[row.thetaU, row.thetaO, row.tauU, row.tauO, row.adaptationsPerHour].map((value) => figure(value)),
  ];
  return `${row.policy.padEnd(26)}${cells.map((cell) => cell.padStart(11)).join("")}`;
}

function printTable(found: readonly Found[]): void {
  for (const [title, rows] of Map.groupBy(found, ({ trace, startDelay }) => `${trace}, ${startDelay} s`)) {
    console.log(`\n${title.padEnd(26)}${HEADS.map((head) => head.padStart(11)).join("")}`);
    for (const row of rows) console.log(line(row));
  }
}

function printRatios(ratios: readonly Ratio[]): void {
  console.log("\nExcess at a shortage of 1 %, ours by theirs: geometric mean over the traces, and the worst of them");
  for (const { policy, rival, startDelay, ratio, traces, worst } of ratios) {
    const what = `${policy} / ${rival}, ${startDelay} s`.padEnd(64);
    console.log(`${what}${figure(ratio, 3)}  worst ${figure(worst, 3)}  (${traces} traces)`);
  }
}

const found: Found[] = [];
for (const file of filesAsked()) {
  for (const delay of given.delay) {
    const [trace, startDelay, began] = [basename(file, ".csv"), Number(delay), performance.now()];
    const rows = await playAll(jobOf(file, startDelay, Number(given["run-in"]) * 86_400), () => undefined);
    found.push(...rows.map((row) => ({ trace, startDelay, ...row })));
    say(`${trace}, ${startDelay} s: ${Math.round((performance.now() - began) / 1000)} s`);
  }
}
const ratios = ratiosOf(found);
if (given.json) console.log(JSON.stringify({ rows: found, ratios }, null, 2));
else {
  printTable(found);
  printRatios(ratios);
}

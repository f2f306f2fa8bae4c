import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { readTrace } from "@headroom/twin/workloads/trace";
import { mstlAutoEts, prophet } from "./forecasting/augurs.ts";
import { headroom } from "./forecasting/headroom.ts";
import { holtWinters } from "./forecasting/holt-winters.ts";
import type { Model } from "./forecasting/model.ts";
import { type Row, rollingOrigin } from "./forecasting/rolling-origin.ts";
import { seasonalNaive } from "./forecasting/seasonal-naive.ts";

// npm run bench:forecast: our forecasts beside others', on every trace of a folder, two and 48 hours ahead, in one run.
// MASE and pinball are in units of what repeating the day before missed in the history; Prophet is asked at every fifth
// origin, because it is slow. --traces DIR, --model NAME and --trace NAME (both as often as wanted) for some of them, --json.

const RIVAL = "augurs MSTL+AutoETS";
const HOURS = { "2h": 2 * 3600, "48h": 48 * 3600 } as const;

const { values: given } = parseArgs({
  options: {
    traces: { type: "string", default: `${import.meta.dirname}/../../../shared/traces` },
    model: { type: "string", multiple: true },
    trace: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  },
});

const say = (line: string) => console.error(line);

async function modelsAsked(): Promise<Model[]> {
  const models = [headroom, seasonalNaive, holtWinters, await mstlAutoEts()];
  try {
    models.push(await prophet());
  } catch (error) {
    say(`Prophet does not load here and is left out: ${error instanceof Error ? error.message : error}`);
  }
  return models.filter(({ name }) => given.model === undefined || given.model.includes(name));
}

function tracesAsked(): string[] {
  if (!existsSync(given.traces)) throw new Error(`${given.traces}: there is no such folder; name one with --traces`);
  return readdirSync(given.traces)
    .filter((file) => file.endsWith(".csv"))
    .filter((file) => given.trace === undefined || given.trace.includes(basename(file, ".csv")))
    .map((file) => join(given.traces, file));
}

/** Ours by the rival's, as the geometric mean over the traces. */
function ratioOf(rows: readonly Row[], of: "mase" | "pinball90" | "cpuMs"): number | null {
  const logs = rows
    .filter(({ model }) => model === headroom.name)
    .flatMap((ours) => {
      const theirs = rows.find(({ trace, model }) => trace === ours.trace && model === RIVAL);
      return theirs === undefined ? [] : [Math.log(ours[of] / theirs[of])];
    });
  return logs.length > 0 ? Math.exp(logs.reduce((a, b) => a + b, 0) / logs.length) : null;
}

function ratiosOf(rows: readonly Row[]) {
  return { mase: ratioOf(rows, "mase"), pinball90: ratioOf(rows, "pinball90"), cpu: ratioOf(rows, "cpuMs") };
}

function pooledCoverage(rows: readonly Row[]): number {
  const ours = rows.filter(({ model }) => model === headroom.name);
  return ours.reduce((sum, { coverage90 }) => sum + coverage90, 0) / ours.length;
}

function printTable(title: string, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const cells = (row: Row) =>
    [row.smape, row.mase, row.pinball50, row.pinball90, row.coverage90, row.cpuMs].map((value) => value.toFixed(3));
  const heads = ["sMAPE", "MASE", "pinball50", "pinball90", "cover90", "CPU ms"];
  console.log(
    `\n${title}\n${"trace".padEnd(28)}${"model".padEnd(22)}${heads.map((head) => head.padStart(11)).join("")}`,
  );
  for (const row of rows) {
    console.log(
      `${row.trace.padEnd(28)}${row.model.padEnd(22)}${cells(row)
        .map((cell) => cell.padStart(11))
        .join("")}`,
    );
  }
  const { mase, pinball90, cpu } = ratiosOf(rows);
  const figure = (ratio: number | null, digits: number) => (ratio === null ? "-" : ratio.toFixed(digits));
  console.log(`headroom / ${RIVAL}: MASE ${figure(mase, 3)}, pinball90 ${figure(pinball90, 3)}, CPU ${figure(cpu, 5)}`);
  console.log(`coverage of headroom's 0.9 quantile, all traces: ${pooledCoverage(rows).toFixed(3)}`);
}

const models = await modelsAsked();
const found: Record<keyof typeof HOURS, Row[]> = { "2h": [], "48h": [] };
for (const file of tracesAsked()) {
  const name = basename(file, ".csv");
  for (const model of models) {
    say(`${name}: ${model.name}`);
    for (const horizon of ["2h", "48h"] as const) {
      const row = rollingOrigin(readTrace(file), name, model, HOURS[horizon]);
      if (row === undefined) say(`${name} is too short for ${horizon} ahead: left out there`);
      else found[horizon].push(row);
    }
  }
}
const { "2h": rows, "48h": rows48h } = found;
if (given.json) {
  const coverage = { "2h": pooledCoverage(rows), "48h": pooledCoverage(rows48h) };
  console.log(
    JSON.stringify({ rows, ratios: ratiosOf(rows), rows48h, ratios48h: ratiosOf(rows48h), coverage }, null, 2),
  );
} else {
  printTable("Two hours ahead", rows);
  printTable("48 hours ahead", rows48h);
}

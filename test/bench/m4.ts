import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { forecast } from "@headroom/forecast/forecast";

// npm run bench:m4: the 414 hourly series of the M4 competition, 48 hours ahead, scored as its organisers do.
// --data DIR, --out FILE for the forecasts (one series a line), --json. --cut N (N times 48 values off the end of the
// training part, which are forecast instead of the test part) is what choices were made with.

const STEP = 3600;
const HORIZON = 48;
const SEASON = 24;
/** Naive2 of the organisers, by which OWA is measured. */
const NAIVE2 = { smape: 18.383, mase: 2.395 };
/** A Monday. The series have no times: only their order is used. */
const START = 1_388_966_400;

const { values: given } = parseArgs({
  options: {
    data: { type: "string", default: `${import.meta.dirname}/../../../shared/m4-hourly` },
    cut: { type: "string", default: "0" },
    out: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

type Line = { id: string; values: Float64Array };

function linesOf(text: string): Line[] {
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [id = "", ...cells] = line.replaceAll('"', "").trim().split(",");
      return { id, values: Float64Array.from(cells.filter((cell) => cell !== "").map(Number)) };
    });
}

/** The training values and those to be forecast. */
function splitOf(
  train: readonly Line[],
  test: readonly Line[],
  cut: number,
): { id: string; train: Float64Array; test: Float64Array }[] {
  return train.map(({ id, values }, index) => {
    const length = values.length - cut * HORIZON;
    const actual = cut > 0 ? values.subarray(length, length + HORIZON) : test[index]?.values;
    if (actual === undefined || (cut === 0 && test[index]?.id !== id)) throw new Error(`the test part has no ${id}`);
    return { id, train: values.subarray(0, length), test: actual };
  });
}

function pointsOf(value: Float64Array): Float64Array {
  const now = START + value.length * STEP;
  const at = value.map((_, index) => START + index * STEP);
  const found = forecast({ at, value }, { now, step: STEP, horizon: HORIZON * STEP, quantiles: [0.5] });
  if (found.is === "none") throw new Error(found.why);
  return found.point;
}

/** sMAPE and MASE of one series, as in the organisers' `Benchmarks and Evaluation.R`. */
function errorsOf(train: Float64Array, test: Float64Array, points: Float64Array): { smape: number; mase: number } {
  let naive = 0;
  for (let at = SEASON; at < train.length; at += 1) naive += Math.abs((train[at] ?? 0) - (train[at - SEASON] ?? 0));
  naive /= train.length - SEASON;
  let [smape, mase] = [0, 0];
  for (const [index, value] of test.entries()) {
    const point = points[index] ?? 0;
    smape += (200 * Math.abs(value - point)) / (Math.abs(value) + Math.abs(point)) / HORIZON;
    mase += Math.abs(value - point) / naive / HORIZON;
  }
  return { smape, mase };
}

if (!existsSync(given.data)) throw new Error(`${given.data}: there is no such folder; name one with --data`);
const train = linesOf(gunzipSync(readFileSync(join(given.data, "train.csv.gz"))).toString());
const test = linesOf(readFileSync(join(given.data, "test.csv"), "utf8"));
const series = splitOf(train, test, Number(given.cut));
const begin = process.hrtime.bigint();
const forecasts = series.map((one) => pointsOf(one.train));
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
const errors = series.map((one, index) => errorsOf(one.train, one.test, forecasts[index] ?? new Float64Array()));
const mean = (of: (error: { smape: number; mase: number }) => number) =>
  errors.reduce((sum, error) => sum + of(error), 0) / errors.length;
const [smape, mase] = [mean((error) => error.smape), mean((error) => error.mase)];
const owa = (smape / NAIVE2.smape + mase / NAIVE2.mase) / 2;

if (given.out !== undefined) {
  const lines = series.map(({ id }, index) => [id, ...(forecasts[index] ?? [])].join(","));
  writeFileSync(given.out, `${lines.join("\n")}\n`);
}
if (given.json) {
  console.log(JSON.stringify({ smape, mase, owa, seconds }));
} else {
  const published = readFileSync(join(given.data, "results-hourly.csv"), "utf8").trim().split("\n").slice(1);
  console.log(
    `headroom: sMAPE ${smape.toFixed(3)}, MASE ${mase.toFixed(3)}, OWA ${owa.toFixed(3)}, ${seconds.toFixed(1)} s`,
  );
  console.log(`\nPublished, Hourly (of ${published.length} methods):`);
  for (const line of published.slice(0, 20)) console.log(`  ${line}`);
}

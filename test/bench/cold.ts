import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { every, kinds } from "../synth/kinds.ts";
import { clientsIn, load } from "../synth/loaded.ts";
import { type Bundle, synthesise } from "../synth/template.ts";
import { bundleEverything } from "./cold/everything.ts";
import { importTime, medianTime, type Time } from "./cold/import-time.ts";

// npm run bench:cold: what a cold start has to load, by function and fleet. The bundles are those that `sst deploy` would
// upload. Each is loaded in fresh processes, in turns, so that what else the machine does falls on all of them.

const TIMES = 20;
const FLEETS = join(import.meta.dirname, "../synth/fleets");

/** Of which fleets which functions are measured; without a file it is the repository's own. */
const measured: { of: string; file?: string; functions: string[] }[] = [
  { of: "headroom.config.ts", functions: ["tick", "shard", "alarm"] },
  { of: "every kind", file: `${FLEETS}/every-kind.ts`, functions: ["tick", "forecast"] },
  { of: "one service", file: `${FLEETS}/small.ts`, functions: ["tick"] },
];

type Loading = { name: string; bundle: Bundle; environment: Record<string, string>; times: Time[] };

async function bundlesOf({ of, file, functions }: (typeof measured)[number], index: number): Promise<Loading[]> {
  const template = await synthesise({ stage: "production", name: `bench-${index}`, ...(file && { fleet: file }) });
  return every(template, kinds.function).flatMap(({ name, environment: { variables } }): Loading[] => {
    const bundle = template.bundles.get(name);
    const called = name.split("-").at(-1) ?? name;
    if (bundle === undefined || !functions.includes(called)) return [];
    return [{ name: `${called}, ${of}`, bundle, environment: variables, times: [] }];
  });
}

async function bundles(folder: string): Promise<Loading[]> {
  const functions: Loading[] = [];
  for (const [index, fleet] of measured.entries()) functions.push(...(await bundlesOf(fleet, index)));
  const environment = functions[0]?.environment ?? {};
  const everything = { folder: dirname(await bundleEverything(folder)), handler: "bundle.createApi" };
  return [...functions, { name: "everything", bundle: everything, environment, times: [] }];
}

const bytesOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);

async function row({ name, bundle, environment, times }: Loading) {
  const loaded = await load(bundle, environment);
  if (loaded.is === "failed") throw new Error(`${name} cannot be loaded: ${loaded.why}`);
  const files = readdirSync(bundle.folder).filter((file) => file.endsWith(".mjs"));
  return {
    name,
    bytes: bytesOf(files.map((file) => join(bundle.folder, file))),
    loaded: bytesOf(loaded.files),
    files: loaded.files.length,
    clients: clientsIn(loaded.files),
    ...medianTime(times),
  };
}

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const folder = mkdtempSync(join(tmpdir(), "headroom-cold-"));
const all = await bundles(folder);
for (let round = 0; round < TIMES; round += 1) {
  for (const { bundle, environment, times } of all) {
    times.push(importTime(join(bundle.folder, "bundle.mjs"), environment));
  }
}
const rows = await Promise.all(all.map(row));
rmSync(folder, { recursive: true });

if (values.json) {
  console.log(JSON.stringify({ unit: "milliseconds to load, bytes", times: TIMES, node: process.version, rows }));
} else {
  const cell = (text: string) => text.padStart(10);
  const kilobytes = (bytes: number) => cell(`${(bytes / 1024).toFixed(0)} KB`);
  console.log(`${"".padEnd(26)}${["size", "loaded", "files", "CPU", "wall", "clients"].map(cell).join("")}`);
  for (const { name, bytes, loaded, files, cpu, wall, clients } of rows) {
    const times = [cpu, wall].map((value) => cell(`${value.toFixed(0)} ms`)).join("");
    const counts = [kilobytes(bytes), kilobytes(loaded), cell(String(files))].join("");
    console.log(`${name.padEnd(26)}${counts}${times}${cell(String(clients.length))}`);
  }
}

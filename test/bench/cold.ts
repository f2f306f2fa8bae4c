import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { every, kinds } from "../synth/kinds.ts";
import { synthesise } from "../synth/template.ts";
import { bundleEverything } from "./cold/everything.ts";
import { importTime, medianTime, type Time } from "./cold/import-time.ts";

// npm run bench:cold: what a cold start has to load, by function. The bundles are those that `sst deploy` would upload. Each
// is loaded in fresh processes, in turns, so that what else the machine does falls on all of them.

const TIMES = 20;

type Bundle = { name: string; file: string; environment: Record<string, string>; times: Time[] };

async function bundles(folder: string): Promise<Bundle[]> {
  const template = await synthesise({ stage: "production", name: "bench" });
  const functions = every(template, kinds.function).map(({ name, environment: { variables } }): Bundle => {
    const file = join(template.bundles.get(name)?.folder ?? "", "bundle.mjs");
    return { name: name.split("-").at(-1) ?? name, file, environment: variables, times: [] };
  });
  const environment = functions[0]?.environment ?? {};
  return [...functions, { name: "everything", file: await bundleEverything(folder), environment, times: [] }];
}

/** The SDK clients in a bundle, by what each says of itself to AWS. */
function clientsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/@aws-sdk\/client-([a-z0-9-]+)/g)].map(([, name = ""]) => name))].sort();
}

function row({ name, file, times }: Bundle) {
  const bytes = readFileSync(file);
  return {
    name,
    bytes: bytes.length,
    gzip: gzipSync(bytes).length,
    clients: clientsIn(String(bytes)),
    ...medianTime(times),
  };
}

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const folder = mkdtempSync(join(tmpdir(), "headroom-cold-"));
const all = await bundles(folder);
for (let round = 0; round < TIMES; round += 1) {
  for (const { file, environment, times } of all) times.push(importTime(file, environment));
}
const rows = all.map(row);
rmSync(folder, { recursive: true });

if (values.json) {
  console.log(JSON.stringify({ unit: "milliseconds to load, bytes", times: TIMES, node: process.version, rows }));
} else {
  const cell = (text: string) => text.padStart(12);
  const kilobytes = (bytes: number) => cell(`${(bytes / 1024).toFixed(0)} KB`);
  console.log(`${"".padEnd(12)}${["size", "gzip", "CPU", "wall", "clients"].map(cell).join("")}`);
  for (const { name, bytes, gzip, cpu, wall, clients } of rows) {
    const times = [cpu, wall].map((value) => cell(`${value.toFixed(0)} ms`)).join("");
    console.log(`${name.padEnd(12)}${kilobytes(bytes)}${kilobytes(gzip)}${times}${cell(String(clients.length))}`);
  }
}

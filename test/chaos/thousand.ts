import { setImmediate } from "node:timers/promises";
import { chaosRun, HOURS } from "./run.ts";

// npm run test:chaos [-- --seed 123]: a thousand runs, or one with its story.

const RUNS = 1000;

function seedsOf(parameters: readonly string[]): number[] {
  const at = parameters.indexOf("--seed");
  if (at === -1) return Array.from({ length: RUNS }, (_, index) => index + 1);
  const seed = Number(parameters[at + 1]);
  if (Number.isSafeInteger(seed)) return [seed];
  process.stderr.write(`--seed needs a whole number, not ${parameters[at + 1]}\n`);
  process.exit(2);
}

const seeds = seedsOf(process.argv.slice(2));
const total = { deaths: 0, invocations: 0, changes: 0, claims: 0, foreign: 0 };
const failing: number[] = [];

for (const seed of seeds) {
  await setImmediate(); // lets go of what dead invocations hold
  const run = await chaosRun(seed);
  for (const key of ["deaths", "invocations", "changes", "claims", "foreign"] as const) total[key] += run[key];
  if (run.wrong.length > 0) {
    failing.push(seed);
    process.stdout.write(`seed ${seed}:\n${run.wrong.map((wrong) => `  ${wrong}\n`).join("")}`);
  }
  if (seeds.length === 1) process.stdout.write(`${run.story().join("\n")}\n`);
}

const { deaths, invocations, changes, claims, foreign } = total;
process.stdout.write(
  `${seeds.length} runs, ${seeds.length * HOURS} virtual hours: ${invocations} invocations of which ${deaths} died, ` +
    `${claims} claims, ${changes} changes of ours and ${foreign} of others\n`,
);
if (failing.length > 0) process.stdout.write(`failing seeds: ${failing.join(" ")}\n`);
process.stdout.write(`${seeds.length - failing.length} passed, ${failing.length} failed, 0 skipped\n`);
// What died at last may still hold a timer.
process.exit(failing.length > 0 ? 1 : 0);

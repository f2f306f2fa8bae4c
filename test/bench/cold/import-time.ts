import { execFileSync } from "node:child_process";
import * as z from "zod";

const MEASURES = `
const [file] = process.argv.slice(1);
const cpu = process.cpuUsage();
const wall = performance.now();
await import(file);
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() - wall }));
process.exit(0);
`;

/** Milliseconds of CPU and of wall time. */
const time = z.object({ cpu: z.number(), wall: z.number() });
export type Time = z.infer<typeof time>;

/** How long a fresh process takes to load a bundle, once. */
export function importTime(file: string, environment: Record<string, string>): Time {
  const args = ["--input-type=module", "--eval", MEASURES, file];
  const env = { ...environment, AWS_REGION: "eu-west-1" };
  return time.parse(JSON.parse(execFileSync(process.execPath, args, { env, encoding: "utf8" })));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** The median of each. */
export function medianTime(times: readonly Time[]): Time {
  return { cpu: median(times.map(({ cpu }) => cpu)), wall: median(times.map(({ wall }) => wall)) };
}

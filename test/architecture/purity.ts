import { bareCodeOf, importsOf, isCode, production, type Source } from "./source.ts";

const PURE = ["packages/decisions", "packages/forecast", "packages/loops"];
const ENVIRONMENT = "packages/aws/src/environment.ts";

/** Clock, chance, process and timers: what makes the same arguments give another result. */
const impure: [name: string, pattern: RegExp][] = [
  ["Date.now", /\bDate\s*\.\s*now\b/],
  ["new Date()", /\bnew\s+Date\s*(\(\s*\)|(?!\s*\())/],
  ["Date()", /(?<!new\s+)(?<![\w.])Date\s*\(/],
  ["Math.random", /\bMath\s*\.\s*random\b/],
  ["performance", /\bperformance\s*\./],
  ["process", /(?<![\w.])process\s*\./],
  ["a timer", /(?<![\w.])(setTimeout|setInterval|setImmediate|queueMicrotask)\b/],
  ["crypto", /(?<![\w.])crypto\s*\./],
  ["fetch", /(?<![\w.])fetch\s*\(/],
  ["console", /(?<![\w.])console\s*\./],
];

/** Pure code that depends on something else than its arguments. */
export function impurities(files: readonly Source[]): string[] {
  return PURE.flatMap((folder) => production(files, folder)).flatMap((file) => {
    const code = bareCodeOf(file);
    const used = impure.filter(([, pattern]) => pattern.test(code)).map(([name]) => name);
    const built = importsOf(file).filter((name) => name.startsWith("node:"));
    return [...used, ...built].map((name) => `${file.path} uses ${name}; time, ids and chance are arguments here`);
  });
}

/** Code of decisions that waits: only loops perform. */
export function waiting(files: readonly Source[]): string[] {
  return production(files, "packages/decisions")
    .filter((file) => /\b(async|await|Promise)\b/.test(bareCodeOf(file)))
    .map(({ path }) => `${path} waits for something; decisions return values at once`);
}

/** Files other than the one for it that read the environment. */
export function strayEnvironment(files: readonly Source[]): string[] {
  return ["packages", "functions", "events"]
    .flatMap((folder) => files.filter((file) => file.path.startsWith(`${folder}/`) && isCode(file)))
    .filter((file) => file.path !== ENVIRONMENT)
    .filter((file) => /\bprocess\s*\.\s*env\b|\bimport\.meta\.env\b|\benv\b[^;]*\bfrom\s+""/.test(bareCodeOf(file)))
    .map(({ path }) => `${path} reads the environment; only ${ENVIRONMENT} does`);
}

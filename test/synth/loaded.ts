import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Bundle } from "./template.ts";

const LOADS = `
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
const [file, name] = process.argv.slice(1);
const files = [];
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:")) files.push(fileURLToPath(url));
    return next(url, context);
  },
});
const bundle = await import(file);
if (typeof bundle[name] !== "function") throw new Error("it exports no function " + name);
process.stdout.write(JSON.stringify(files));
process.exit(0);
`;

/** The files of a bundle that are loaded before the first event, or what goes wrong. */
export type Loaded = { is: "loaded"; files: string[] } | { is: "failed"; why: string };

/** Loads a bundle as Lambda does, in a process of its own. @param environment the variables of its function */
export function load({ folder, handler }: Bundle, environment: Record<string, string>): Promise<Loaded> {
  const [file = "", exported = ""] = handler.split(".");
  const env = { ...environment, AWS_REGION: "eu-west-1", AWS_LAMBDA_FUNCTION_NAME: "synthesised" };
  const args = ["--input-type=module", "--eval", LOADS, join(folder, `${file}.mjs`), exported];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
      const why = stderr.split("\n").find((line) => /^(\w*Error|Invalid)\b/.test(line)) ?? "it ended";
      resolve(
        error === null ? { is: "loaded", files: z.array(z.string()).parse(JSON.parse(stdout)) } : { is: "failed", why },
      );
    });
  });
}

/** The SDK clients in some files, by what each says of itself to AWS. */
export function clientsIn(files: readonly string[]): string[] {
  const names = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/@aws-sdk\/client-([a-z0-9-]+)/g)].map(([, name = ""]) => name),
  );
  return [...new Set(names)].sort();
}

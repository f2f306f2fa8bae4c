import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import * as z from "zod";

const ROOT = join(import.meta.dirname, "../../..");

/** What SST puts before a bundle, for packages that are CommonJS. */
const BANNER = `import { createRequire as topLevelCreateRequire } from "module";
const require = topLevelCreateRequire(import.meta.url);`;

const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

/** Every SDK client that any part of Headroom uses. */
function clients(): string[] {
  const { dependencies } = manifest.parse(JSON.parse(readFileSync(join(ROOT, "packages/aws/package.json"), "utf8")));
  return Object.keys(dependencies).filter((name) => name.startsWith("@aws-sdk/client-"));
}

/**
 * What the functions would weigh if each was all of Headroom: every handler, the API, and every SDK client whole, in one
 * bundle, made as SST makes the others.
 * @param folder where it is written
 */
export async function bundleEverything(folder: string): Promise<string> {
  const names = clients();
  const handlers = ["alarm", "forecast", "shard", "tick"].map(
    (name) => `export * as ${name} from "${ROOT}/functions/lambda/${name}.ts";`,
  );
  const whole = names.map((name, index) => `import * as client${index} from "${name}";`);
  const kept = `globalThis.headroomClients = [${names.map((_, index) => `client${index}`).join(", ")}];`;
  const api = `export { createApi } from "${ROOT}/packages/api/src/app.ts";`;
  const outfile = join(folder, "bundle.mjs");
  await build({
    stdin: {
      contents: [...whole, ...handlers, api, kept].join("\n"),
      resolveDir: join(ROOT, "packages/aws"),
      loader: "ts",
    },
    ...{ bundle: true, platform: "node", format: "esm", target: "esnext", mainFields: ["module", "main"] },
    ...{ minify: true, keepNames: true, banner: { js: BANNER }, outfile, logLevel: "error" },
  });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return outfile;
}

import { stat } from "node:fs/promises";
import { registerHooks } from "node:module";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseConfig } from "@headroom/decisions/config/define";
import type { Fleet } from "@headroom/decisions/config/fleet";
import { Invalid } from "@headroom/decisions/errors";

export type LoadedConfig = {
  /** The file, as people know it. */
  file: string;
  fleet: Fleet;
};

const NAME = "headroom.config.ts";
const PROJECT = resolve(import.meta.dirname, "../../../..");

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The file that was asked for, or the one in this folder, or the project's own. @throws Invalid when there is none */
async function find(given: string | undefined, cwd: string): Promise<string> {
  const candidates = given === undefined ? [resolve(cwd, NAME), resolve(PROJECT, NAME)] : [resolve(cwd, given)];
  for (const candidate of candidates) if (await isFile(candidate)) return candidate;
  const fix = given === undefined ? "write one, or name another with --config" : "check the path";
  throw new Invalid(`There is no file ${given ?? NAME}: ${fix}`);
}

/** Configurations outside of the project find our packages too. */
function resolveOwnPackages(): { deregister(): void } {
  return registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, specifier.startsWith("@headroom/") ? { ...context, parentURL: import.meta.url } : context),
  });
}

/** The line of the file that an error came from, as `:12`, where that is known. */
function lineOf(names: readonly string[], error: Error): string {
  const stack = error.stack ?? "";
  const found = names.map((name) => stack.split(`${name}:`)[1]).find((rest) => rest !== undefined && /^\d/.test(rest));
  return found === undefined ? "" : `:${Number.parseInt(found, 10)}`;
}

async function load(path: string, file: string): Promise<unknown> {
  const { href } = pathToFileURL(path);
  const hooks = resolveOwnPackages();
  try {
    return await import(href);
  } catch (cause) {
    if (cause instanceof Invalid) throw new Invalid(`${file}: ${cause.message}`, { cause });
    const error = cause instanceof Error ? cause : new Error(String(cause));
    throw new Invalid(`${file}${lineOf([href, path], error)} cannot be loaded: ${error.message}`, { cause });
  } finally {
    hooks.deregister();
  }
}

function defaultExport(module: unknown, file: string): unknown {
  if (typeof module === "object" && module !== null && "default" in module) return module.default;
  throw new Invalid(`${file} exports nothing by default: write \`export default defineConfig({ ... })\``);
}

/**
 * The fleet that a configuration file describes.
 * @param given the file that was asked for, if any
 * @throws Invalid that names the file, and every mistake in it
 */
export async function loadConfig(given: string | undefined, cwd: string): Promise<LoadedConfig> {
  const path = await find(given, cwd);
  const inside = relative(cwd, path);
  const file = inside.startsWith("..") ? path : inside;
  return { file, fleet: parseConfig(defaultExport(await load(path, file), file), file) };
}

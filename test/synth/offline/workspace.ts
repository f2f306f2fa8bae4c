import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** What `sst deploy` reads of the repository, besides the workspaces and what is in node_modules. */
const SOURCES = [
  ...["sst.config.ts", "headroom.config.ts", "package.json", "tsconfig.json", "tsconfig.infra.json"],
  ...["infra", "functions", "events"],
];

/** One piece of text in one file that is to be another, as somebody's mistake would have it. */
export type Edit = { file: string; from: string | RegExp; to: string };

/** @throws Error when the text is not there: the edit would change nothing */
function apply(folder: string, { file, from, to }: Edit): void {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has nothing like ${from}: the edit has to follow the source`);
  writeFileSync(path, after);
}

export type Differences = {
  /** The folder of SST's platform. */
  platform: string;
  /** A file that takes the place of `headroom.config.ts`. */
  fleet?: string | undefined;
  edits: readonly Edit[];
};

/**
 * A copy of what is deployed, in `.synth`, so that nothing that the CLI writes is in the way of a real deployment from
 * the same checkout. Packages and SST's platform are the originals.
 */
export function createWorkspace(name: string, { platform, fleet, edits }: Differences): string {
  const folder = join(ROOT, ".synth", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, ".sst"), { recursive: true });
  for (const source of SOURCES) cpSync(join(ROOT, source), join(folder, source), { recursive: true });
  symlinkSync(platform, join(folder, ".sst/platform"), "junction");
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  const locks = [".sst/provider-lock.json"].filter((file) => existsSync(join(ROOT, file)));
  for (const file of locks) cpSync(join(ROOT, file), join(folder, file));
  if (fleet !== undefined) cpSync(fleet, join(folder, "headroom.config.ts"));
  for (const edit of edits) apply(folder, edit);
  return folder;
}

import { posix } from "node:path";
import { codeOf, importsOf, production, type Source } from "./source.ts";

/** Folders of siblings: one kind, one file, one line in the registry. `kind` recognises a sibling by its export. */
const registries: { folder: string; kind: RegExp }[] = [
  { folder: "packages/decisions/src/policies", kind: /\bexport (function|const) propose\b/ },
  { folder: "packages/decisions/src/limits", kind: /\bexport const \w+: Limit\b/ },
  { folder: "packages/decisions/src/interlocks", kind: /\bexport const \w+: Interlock\b/ },
  { folder: "packages/aws/src/targets", kind: /\bexport const load\b/ },
  { folder: "packages/aws/src/registered", kind: /\bexport const dimensions\b/ },
  { folder: "packages/aws/src/doctor", kind: /\bexport const \w+: Check\b/ },
  { folder: "events", kind: /\bexport const type\b/ },
];

/** Siblings whose line is missing in the registry, and files there that nobody uses. */
export function missingLines(files: readonly Source[]): string[] {
  return registries.flatMap(({ folder, kind }) => {
    const here = production(files, folder).filter(({ path }) => posix.dirname(path) === folder);
    const registry = `${folder}/registry.ts`;
    const listed = new Set(here.filter(({ path }) => path === registry).flatMap(importsOf));
    const used = new Set(here.flatMap(importsOf));
    return here
      .filter((file) => file.path !== registry && !listed.has(file.path))
      .filter((file) => kind.test(codeOf(file)) || !used.has(file.path))
      .map(({ path }) => `${path} is not used: its line is missing in ${registry}`);
  });
}

const REASONS = "packages/decisions/src/reasons.ts";

/** Reason codes that no production code gives. */
export function unusedReasons(codes: readonly string[], files: readonly Source[]): string[] {
  const code = production(files, "packages")
    .filter(({ path }) => path !== REASONS)
    .map(codeOf)
    .join("\n");
  return codes
    .filter((each) => !code.includes(`"${each}"`))
    .map((each) => `${REASONS}: nothing gives the reason ${each}`);
}

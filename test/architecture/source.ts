import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** A file of the repository; `path` is relative to its root. */
export type Source = { path: string; text: string };

const SKIPPED = new Set(["node_modules", "dist", "coverage", "tmp"]);
const TEXT = /\.(ts|tsx|mts|mjs|js|json|jsonc|md|html|css|sh|yml|yaml|toml|csv|svg)$/;
const HIDDEN = new Set([".ci", ".npmrc", ".gitignore"]);

/** Every text file below a folder, without what is installed or generated. */
export function sourceTree(root: string): Source[] {
  const entries = readdirSync(root, { recursive: false, withFileTypes: true });
  return entries.flatMap((entry): Source[] => {
    const { name } = entry;
    if (SKIPPED.has(name) || (name.startsWith(".") && !HIDDEN.has(name))) return [];
    if (entry.isDirectory()) {
      return sourceTree(`${root}/${name}`).map(({ path, text }) => ({ path: `${name}/${path}`, text }));
    }
    const isText = TEXT.test(name) || HIDDEN.has(name) || !name.includes(".");
    return entry.isFile() && isText ? [{ path: name, text: readFileSync(`${root}/${name}`, "utf8") }] : [];
  });
}

const STRING_OR_COMMENT = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** What is executed of a file: without its comments, which may name what code must not do. */
export function codeOf({ text }: Source): string {
  return text.replaceAll(STRING_OR_COMMENT, (_, string: string | undefined) => string ?? " ");
}

/** Without the contents of strings as well. */
export function bareCodeOf({ text }: Source): string {
  return text.replaceAll(STRING_OR_COMMENT, (_, string: string | undefined) => (string === undefined ? " " : '""'));
}

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(?\s*)["']([^"'\n]+)["']/g;

/** What a file imports, as written; relative paths resolved against the root of the repository. */
export function importsOf(source: Source): string[] {
  return [...codeOf(source).matchAll(IMPORT)].map(([, name = ""]) =>
    name.startsWith(".") ? posix.join(posix.dirname(source.path), name) : name,
  );
}

export const isCode = ({ path }: Source): boolean => /\.(ts|tsx|mjs)$/.test(path);
export const isTest = ({ path }: Source): boolean => /\.(test|bench)\.tsx?$/.test(path) || path.startsWith("test/");

/** The files below a folder that run in production. */
export function production(files: readonly Source[], folder: string): Source[] {
  return files.filter((file) => file.path.startsWith(`${folder}/`) && isCode(file) && !isTest(file));
}

import { posix } from "node:path";
import { bareCodeOf, isCode, isTest, type Source } from "./source.ts";

const SAID_NOTHING = /(^|-)(utils?|helpers?|common|misc|managers?|services?)$/;
/** A service here is what the twin simulates, units that answer requests, or AWS's own word for a kind of target. */
const DOMAIN_WORDS = /^packages\/twin\/src\/workloads\/service(\.test)?\.ts$|\/ecs-service(\.test)?\.ts$/;
const MACHINE_PATH = /(?<![\w.~:/@-])\/(home|Users|root|work|mnt)\/[\w.]|\b[A-Z]:\\Users\\/;

/** Files and folders whose name does not say what lives there. */
export function emptyNames(files: readonly Source[]): string[] {
  return files
    .filter((file) => isCode(file) && !DOMAIN_WORDS.test(file.path))
    .filter(({ path }) => path.split("/").some((part) => SAID_NOTHING.test(part.replace(/(\.test)?\.\w+$/, ""))))
    .map(({ path }) => `${path} has a name that says nothing: name it after its main export`);
}

/** Files that only pass on what others export. */
export function barrels(files: readonly Source[]): string[] {
  return files
    .filter(isCode)
    .filter((file) => {
      const code = bareCodeOf(file);
      return (
        /\bexport\s*(type\s*)?(\*|\{[^}]*\}\s*from\b)/.test(code) || /^index\.tsx?$/.test(posix.basename(file.path))
      );
    })
    .map(({ path }) => `${path} is a barrel: import from where a thing is`);
}

/** Ways around the compiler. */
export function unchecked(files: readonly Source[]): string[] {
  return files.filter(isCode).flatMap((file) => {
    const silenced = /@ts-(ignore|nocheck)\b/.test(file.text.replaceAll(/(["'`])[^\n]*?\1/g, ""));
    const anything = /(\bas\s+any\b|[:<|&]\s*any\b(?!\s*\()|,\s*any\s*>)/.test(bareCodeOf(file));
    return [
      ...(silenced ? [`${file.path} silences the compiler: @ts-expect-error with the reason, in tests only`] : []),
      ...(anything ? [`${file.path} says any: parse at the edge, or say unknown`] : []),
    ];
  });
}

/** Without what else is written with `as`: imports, exports and the keys of mapped types. */
function expressionsOf(file: Source): string {
  return bareCodeOf(file)
    .replaceAll(/\b(import|export)\b[^;=()]*?\bfrom\s*""/g, "")
    .replaceAll(/\bexport\s*\{[^}]*\}/g, "")
    .replaceAll(/\bin\b[^\]]*?\bas\b/g, "");
}

/** Production code that tells the compiler what something is instead of finding out. */
export function casts(files: readonly Source[]): string[] {
  return files
    .filter((file) => isCode(file) && !isTest(file) && /^(packages|functions|events)\//.test(file.path))
    .filter((file) => /[\w)\]}"]\s+as\s+(?!const\b)[\w{[(]/.test(expressionsOf(file)))
    .map(({ path }) => `${path} has a cast: parse, or narrow with a check`);
}

/** Files that name a place on somebody's machine. */
export function machinePaths(files: readonly Source[]): string[] {
  return files
    .filter(({ text }) => MACHINE_PATH.test(text))
    .map(({ path, text }) => `${path} names a place on one machine: ${MACHINE_PATH.exec(text)?.[0]}`);
}

import { mkdir, open, readFile, rename } from "node:fs/promises";
import { Invalid } from "@headroom/decisions/errors";
import { Failed } from "../failed.ts";

/** What the operating system calls an error, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** The text of a file, or undefined when there is none. @throws Invalid when there is one that cannot be read */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return undefined;
    throw new Invalid(`${file} cannot be read (${codeOf(cause)}): is it a file, and yours?`, { cause });
  }
}

/** What JSON text holds. @param fix what to do when it is none. @throws Invalid that names the file */
export function parseJson(text: string, file: string, fix: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Invalid(`${file} is not JSON (${why}): ${fix}`, { cause });
  }
}

async function write(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, "w", mode);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that whoever reads it, or comes after a crash, finds the old text or the new one, never a part.
 * @throws Failed when that cannot be done
 */
export async function writeWhole(file: string, text: string, mode = 0o644): Promise<void> {
  const unfinished = `${file}.tmp`;
  try {
    await write(unfinished, text, mode);
    await rename(unfinished, file);
  } catch (cause) {
    throw new Failed(`${file} cannot be written (${codeOf(cause)}): is there space, and may you?`, { cause });
  }
}

/** Makes a folder, with those above it. @throws Invalid when something else is in its place, or it may not be made */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const what = ["EEXIST", "ENOTDIR"].includes(codeOf(cause)) ? "is no folder" : `cannot be made (${codeOf(cause)})`;
    throw new Invalid(`${folder} ${what}, and state belongs into one: choose another with --state`, { cause });
  }
}

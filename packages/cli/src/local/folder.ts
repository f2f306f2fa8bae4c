import { readdir } from "node:fs/promises";
import { Invalid } from "@headroom/decisions/errors";
import { ClassicLevel } from "classic-level";

// dynalite opens its LevelDB by itself, and what goes wrong then ends the process with a stack trace. So the folder is
// looked at and opened here first. Nothing in it is ever deleted by us.

/** What LevelDB leaves behind when it is stopped before its first database is complete. */
const UNFINISHED = /^(LOCK|LOG|LOG\.old)$/;

/** LevelDB gives one code for whatever the file system says. */
const NOT_THE_DATA = /Permission denied|Read-only file system|No space left|Too many open files/;

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function refuse(folder: string, says: string, cause?: unknown): Invalid {
  return new Invalid(`The state folder ${folder} ${says}`, { cause });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    switch (codeOf(error)) {
      case "ENOENT":
        return [];
      case "ENOTDIR":
        throw refuse(
          folder,
          "is not a folder, or lies in something that is none: choose another with --state DIR.",
          error,
        );
      default:
        throw cannotBeUsed(folder, error);
    }
  }
}

function cannotBeUsed(folder: string, error: unknown): Invalid {
  const why = error instanceof Error ? error.message : String(error);
  return refuse(
    folder,
    `cannot be used (${why}): make it readable and writable, or choose another with --state DIR.`,
    error,
  );
}

/** In a folder without a database LevelDB starts a new one, and deletes files whose names look like its own. */
function checkNames(folder: string, names: readonly string[]): void {
  if (names.includes("CURRENT")) return;
  const foreign = names.find((name) => !UNFINISHED.test(name));
  if (foreign === undefined) return;
  throw refuse(
    folder,
    `holds ${foreign} and no state of Headroom: choose an empty folder or a new one with --state DIR.`,
  );
}

function explain(folder: string, error: unknown): Invalid {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (codeOf(cause) === "LEVEL_LOCKED") {
    return refuse(folder, "is in use, probably by another `headroom dev`: stop that one, or use --state DIR.", error);
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  if (!codeOf(cause).startsWith("LEVEL_") || NOT_THE_DATA.test(why)) return cannotBeUsed(folder, cause);
  const fix = "move it away to start afresh, or choose another with --state DIR. Nothing in it was deleted.";
  return refuse(folder, `is damaged (${why}): ${fix}`, error);
}

/** Reads everything once, 200 MB a second: a damaged block would end the process when a request comes across it. */
async function readThrough(database: ClassicLevel<Uint8Array, Uint8Array>): Promise<void> {
  for await (const _ of database.values({ fillCache: false })) {
    // reading is all there is to do
  }
}

/**
 * Makes sure that a database can be kept in a folder; makes the folder when it is missing.
 * @throws Invalid when it is in use, damaged, not writable, or holds something else
 */
export async function checkFolder(folder: string): Promise<void> {
  if (folder === "") throw new Invalid("The state folder has no name: write --state DIR.");
  checkNames(folder, await namesIn(folder));
  const encodings = { keyEncoding: "view", valueEncoding: "view" };
  const database = new ClassicLevel<Uint8Array, Uint8Array>(folder, encodings);
  try {
    await database.open();
    await readThrough(database);
  } catch (error) {
    throw explain(folder, error);
  } finally {
    await database.close();
  }
}

import { join } from "node:path";
import { Invalid } from "@headroom/decisions/errors";
import { parse } from "@headroom/decisions/parse";
import * as z from "zod";
import { parseJson, readIfThere, writeWhole } from "./files.ts";

/** The simulated account between two runs of `headroom dev`. The control plane's own state is in the table beside it. */
const saved = z.strictObject({
  version: z.literal(1),
  fleet: z.string(),
  seed: z.int().nonnegative(),
  /** What the twin's `snapshot` gave. */
  twin: z.unknown(),
});
export type Saved = z.infer<typeof saved>;

const FIX = "move it away to simulate the account anew, or choose another folder with --state. Nothing was deleted.";

/** The file in a state folder. */
export function savedFile(folder: string): string {
  return join(folder, "twin.json");
}

/** What an earlier run saved, or undefined. @throws Invalid when the file is damaged */
export async function readSaved(folder: string): Promise<Saved | undefined> {
  const file = savedFile(folder);
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  const json = parseJson(text, file, FIX);
  return restoring(file, () => parse(saved, json, file));
}

/** What `restore` gives. @throws Invalid that names the file and what to do, when what was saved does not fit */
export function restoring<T>(file: string, restore: () => T): T {
  try {
    return restore();
  } catch (cause) {
    if (!(cause instanceof Invalid || cause instanceof z.ZodError)) throw cause;
    const why = cause instanceof Invalid ? cause.message : `${file} does not fit:\n${z.prettifyError(cause)}`;
    throw new Invalid(`${why}\n${file} is damaged, or of other workloads: ${FIX}`, { cause });
  }
}

/** Saves it in place of what was saved before. */
export async function save(folder: string, state: Saved): Promise<void> {
  await writeWhole(savedFile(folder), JSON.stringify(state));
}

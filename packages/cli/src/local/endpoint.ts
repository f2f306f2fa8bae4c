import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@headroom/decisions/parse";
import * as z from "zod";
import { parseJson, readIfThere, writeWhole } from "./files.ts";

/** Where the running `headroom dev` of a state folder answers. Whoever may read the file may ask. */
const endpoint = z.strictObject({
  url: z.url(),
  token: z.string().min(1),
  /** Of the process that answers: a port may have passed to another one since. */
  pid: z.int().positive(),
});
export type Endpoint = z.infer<typeof endpoint>;

/** The file in a state folder. */
export function endpointFile(folder: string): string {
  return join(folder, "endpoint.json");
}

/** The endpoint that was written last, whether or not it still answers. @throws Invalid when the file is damaged */
export async function readEndpoint(folder: string): Promise<Endpoint | undefined> {
  const file = endpointFile(folder);
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  return parse(endpoint, parseJson(text, file, "delete it, and start `headroom dev` again"), file);
}

/** Tells others where to ask; only this user may read it. */
export async function writeEndpoint(folder: string, value: Endpoint): Promise<void> {
  await writeWhole(endpointFile(folder), JSON.stringify(value), 0o600);
}

/** Tells others that nobody answers any more. */
export async function removeEndpoint(folder: string): Promise<void> {
  await rm(endpointFile(folder), { force: true });
}

import { resolve } from "node:path";
import { Invalid } from "@headroom/decisions/errors";
import { decodeRecord, type StoredRecord } from "@headroom/decisions/record";
import { connect } from "../client.ts";
import { recordInForce } from "../explain/ask.ts";
import { readInstant } from "../instants.ts";
import { parseJson, readIfThere } from "../local/files.ts";
import type { Terminal } from "../terminal.ts";

const FIX = "give what `headroom explain -o json` prints";

/** The record in what `explain -o json` printed, or the record itself. */
function recordIn(json: unknown): unknown {
  return typeof json === "object" && json !== null && "record" in json ? json.record : json;
}

function decode(text: string, source: string): StoredRecord {
  const json = recordIn(parseJson(text, source, FIX));
  try {
    return decodeRecord(json);
  } catch (cause) {
    if (!(cause instanceof Invalid)) throw cause;
    throw new Invalid(`${source}: ${cause.message}`, { cause });
  }
}

/** `target@instant`, when it is that. */
function reference(written: string): { target: string; time: number } | undefined {
  const [, target, at = ""] = /^([^@/\\]+)@(.+)$/.exec(written) ?? [];
  const time = readInstant(at);
  return target === undefined || time === undefined ? undefined : { target, time };
}

/**
 * The record that was meant: `-` for stdin, a file, or `target@instant` of the running `headroom dev`.
 * @throws Invalid, NotFound
 */
export async function findRecord(written: string, folder: string, terminal: Terminal): Promise<StoredRecord> {
  if (written === "-") return decode(await terminal.stdin(), "stdin");
  const file = await readIfThere(resolve(terminal.cwd, written));
  if (file !== undefined) return decode(file, written);
  const meant = reference(written);
  if (meant !== undefined) return recordInForce(await connect(folder), meant.target, meant.time);
  throw new Invalid(
    `There is no file ${written}: name one, - for stdin, or TARGET@TIME such as web@2026-01-05T12:07:00Z`,
  );
}

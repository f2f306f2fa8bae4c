import { resolve } from "node:path";
import { targetOf } from "@headroom/api/targets";
import type { Fleet } from "@headroom/decisions/config/fleet";
import { Invalid } from "@headroom/decisions/errors";
import { readTrace, type Trace } from "@headroom/twin/workloads/trace";

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function checkTarget(fleet: Fleet, id: string, written: string): void {
  try {
    targetOf(fleet, id);
  } catch (cause) {
    throw new Invalid(`--trace ${written}: ${said(cause)}`, { cause });
  }
}

/**
 * Recorded load by target, from what was written as `target=file`.
 * @throws Invalid for another form, an unknown target, one named twice, and a file that cannot be used
 */
export function readTraces(written: readonly string[], fleet: Fleet, cwd: string): Map<string, Trace> {
  const traces = new Map<string, Trace>();
  for (const each of written) {
    const [, id, file] = /^([^=]+)=(.+)$/.exec(each) ?? [];
    if (id === undefined || file === undefined) {
      throw new Invalid(`--trace ${each}: write the target and its file, such as web=load.csv`);
    }
    checkTarget(fleet, id, each);
    if (traces.has(id)) throw new Invalid(`--trace ${each}: ${id} has a trace already: give each target one`);
    traces.set(id, { ...readTrace(resolve(cwd, file)), file });
  }
  return traces;
}

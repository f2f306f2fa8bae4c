import { expect, test } from "vitest";
import type { Check } from "../../contract/world/account.ts";

/**
 * Something that an emulator does not do as AWS's documentation says. Its cases run all the same: each must fail, and
 * say this. One that passes is a gap that has closed, and one that fails otherwise a gap that nobody knows.
 */
export type Gap = { why: string; says: RegExp; cases: readonly string[] };

function gapsByCase(gaps: readonly Gap[]): Map<string, Gap> {
  const found = new Map<string, Gap>();
  for (const gap of gaps) {
    for (const name of gap.cases) {
      if (found.has(name)) throw new Error(`two gaps have the case "${name}": keep one`);
      found.set(name, gap);
    }
  }
  return found;
}

async function errorOf(body: () => Promise<void>): Promise<Error | undefined> {
  try {
    await body();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return undefined;
}

/** Everything that an error says, with what caused it, and with what an assertion found in place of another error. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const found = "actual" in error ? saidBy(error.actual) : "";
  return `${error.name}: ${error.message}\n${found}${saidBy(error.cause)}`;
}

/** What became of a case that is known to fail: undefined where it did, as it should. */
export async function unlike({ why, says }: Gap, body: () => Promise<void>): Promise<string | undefined> {
  const error = await errorOf(body);
  if (error === undefined) return `It passes: the gap "${why}" has closed. Take the case out of the table.`;
  if (says.test(saidBy(error))) return undefined;
  return `It fails in another way than the gap "${why}" does, which says ${says}:\n${saidBy(error)}`;
}

/**
 * Registers cases against an emulator with these gaps. Cases in the table are reported as skipped, with the reason.
 * Call `finish` after the last case: it holds the table to naming only cases that there are.
 */
export function gapChecks(gaps: readonly Gap[]): { check: Check; finish(): void } {
  const known = gapsByCase(gaps);
  const met = new Set<string>();

  function check(name: string, body: () => Promise<void>): void {
    const gap = known.get(name);
    if (gap === undefined) {
      test(name, body);
      return;
    }
    met.add(name);
    test(name, async ({ skip }) => {
      expect(await unlike(gap, body)).toBeUndefined();
      skip(`known gap: ${gap.why}`);
    });
  }

  function finish(): void {
    test("every known gap names a case", () => {
      expect([...known.keys()].filter((name) => !met.has(name))).toEqual([]);
    });
  }

  return { check, finish };
}

import { Conflict } from "@headroom/decisions/errors";
import { expect } from "vitest";

/** How many of the racing calls came through, when all that did not were told so. */
export async function onlyConflicts(calls: readonly Promise<void>[]): Promise<number> {
  const results = await Promise.allSettled(calls);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toBeInstanceOf(Conflict);
  }
  return results.filter(({ status }) => status === "fulfilled").length;
}

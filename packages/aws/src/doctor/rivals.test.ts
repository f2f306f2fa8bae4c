import { describe, expect, it } from "vitest";
import { found, known } from "../../../../test/builders/look.ts";
import type { Status } from "./check.ts";
import { rivals } from "./rivals.ts";

describe("rivals", () => {
  const tracked = 'target tracking policy "cpu" (disable its scale-in)';

  it.each<[what: string, rivals: string[] | undefined, mode: "observe" | "floor" | "control", Status, string]>([
    ["none", [], "control", "ok", "Nothing else may lower it."],
    ["one", [tracked], "observe", "problem", `${tracked}.`],
    [
      "one in floor mode, where it is in charge",
      [tracked],
      "floor",
      "problem",
      "In floor mode that is as it should be.",
    ],
    ["some that are not known", undefined, "control", "notChecked", "could not be read"],
  ])("%s", async (_, others, mode, status, says) => {
    const findings = await found(rivals, { ...known(3), rivals: others }, { mode });
    expect(findings).toMatchObject([{ status, says: expect.stringContaining(says) }]);
  });
});

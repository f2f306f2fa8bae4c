import { describe, expect, it } from "vitest";
import { NOON } from "../../../../test/builders/decisions.ts";
import { answered, exchange, heard, silent } from "../../../../test/builders/look.ts";
import type { Status } from "./check.ts";
import { clockSkew } from "./clock-skew.ts";

describe("the clock", () => {
  it.each<[seconds: number, status: Status, says: string]>([
    [0, "ok", "agrees"],
    [4, "ok", "agrees"],
    [10, "warning", "behind AWS's"],
    [-10, "warning", "ahead of AWS's"],
    [299, "warning", "behind"],
    [400, "problem", "AWS refuses requests"],
    [-400, "problem", "ahead of AWS's. AWS refuses"],
  ])("AWS's is %d s ahead", async (seconds, status, says) => {
    expect(await heard(clockSkew, [exchange(answered(NOON + seconds))])).toEqual([
      [status, expect.stringContaining(says)],
    ]);
  });

  it("is judged by the quickest answer", async () => {
    const slow = exchange(answered(NOON + 20), { ended: NOON + 9 });
    expect((await heard(clockSkew, [slow, exchange(answered(NOON))]))[0]?.[0]).toBe("ok");
  });

  it("is not known when nobody says what time it is", async () => {
    expect((await heard(clockSkew, [exchange(silent), exchange(answered())]))[0]?.[0]).toBe("notChecked");
  });
});

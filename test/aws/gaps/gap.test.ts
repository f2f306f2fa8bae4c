import { expect, test } from "vitest";
import { type Gap, unlike } from "./gap.ts";

const gap: Gap = { why: "no warm pools", says: /InvalidAction/, cases: ["warm pools are read"] };

test.each([
  ["the known failure", new Error("InvalidAction: DescribeWarmPool"), undefined],
  ["the known failure as a cause", new Error("reading", { cause: new Error("InvalidAction") }), undefined],
  [
    "another failure",
    new Error("expected 2 to be 3"),
    expect.stringMatching(/another way.*no warm pools[\s\S]*2 to be 3/),
  ],
])("%s", async (_, error, said) => {
  expect(await unlike(gap, () => Promise.reject(error))).toEqual(said);
});

test("a gap that has closed", async () => {
  expect(await unlike(gap, async () => undefined)).toMatch(/passes: the gap "no warm pools" has closed/);
});

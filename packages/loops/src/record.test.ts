import type { Decision } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { bindingCode } from "./record.ts";

const above = { code: "belowMin" as const, data: { capacity: 1, min: 2 } };
const at = { code: "atMax" as const, data: { capacity: 50, max: 40 } };
const observing = { code: "observing" as const, data: { recommended: 40 } };
const hold = (reasons: Decision["reasons"]): Decision => ({ is: "hold", at: 10, recommended: 40, reasons });

describe("the reason that settles a decision", () => {
  it.each([
    { what: "is the last one", reasons: [above, at], code: "atMax" },
    { what: "is not that it is only said", reasons: [above, at, observing], code: "atMax" },
    { what: "is there even if nobody gave one", reasons: [], code: "nothingAsked" },
  ])("$what", ({ reasons, code }) => {
    expect(bindingCode(hold(reasons))).toBe(code);
  });
});

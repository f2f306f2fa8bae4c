import { describe, expect, it } from "vitest";
import { bindingReason } from "./binding.ts";
import type { Reason } from "./reasons.ts";

const above: Reason = { code: "belowMin", data: { capacity: 1, min: 2 } };
const at: Reason = { code: "atMax", data: { capacity: 50, max: 40 } };
const observing: Reason = { code: "observing", data: { recommended: 40 } };

describe("the reason that settles a decision", () => {
  it.each([
    { what: "is the last one", reasons: [above, at], settled: at },
    { what: "is not that it is only said", reasons: [above, at, observing], settled: at },
    { what: "is there even if nobody gave one", reasons: [], settled: { code: "nothingAsked", data: {} } },
    { what: "is there even if it is only said", reasons: [observing], settled: { code: "nothingAsked", data: {} } },
  ])("$what", ({ reasons, settled }) => {
    expect(bindingReason({ reasons })).toEqual(settled);
  });
});

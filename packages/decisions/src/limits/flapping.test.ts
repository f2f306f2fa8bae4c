import { describe, expect, it } from "vitest";
import { limiting } from "../../../../test/builders/decisions.ts";
import type { Proposed } from "../model.ts";
import { flapping } from "./flapping.ts";

function lowering(policy: string, breachBelow?: number): Proposed {
  const reason = { code: "nothingAsked" as const, data: {} };
  return { policy, is: "proposes", capacity: 4, reason, ...(breachBelow === undefined ? {} : { breachBelow }) };
}

const bound = (to: number, ...proposals: Proposed[]) => flapping(to, limiting({ proposals }));

describe("capacity", () => {
  it.each([
    { what: "falls to where more would be asked for at once, and not below", breach: 6, to: 4, is: 6 },
    { what: "may fall to just there", breach: 6, to: 6, is: undefined },
    { what: "may fall anywhere above", breach: 6, to: 8, is: undefined },
    { what: "may fall where nobody would ask", breach: undefined, to: 4, is: undefined },
    { what: "does not rise because of it", breach: 30, to: 4, is: 10 },
    { what: "may rise", breach: 30, to: 12, is: undefined },
    { what: "may stay", breach: 30, to: 10, is: undefined },
  ])("$what", ({ breach, to, is }) => {
    expect(bound(to, lowering("step", breach))?.capacity).toBe(is);
  });

  it("is kept up by the policy that would ask for most", () => {
    const kept = bound(4, lowering("step", 6), lowering("step 2", 8), lowering("step 3", 7));
    expect(kept).toEqual({
      capacity: 8,
      reason: { code: "flapping", data: { capacity: 4, kept: 8, policy: "step 2" } },
    });
  });

  it("is not kept up by those who propose nothing", () => {
    const reason = { code: "noStep" as const, data: { signal: "x", value: 1 } };
    expect(bound(4, { policy: "step", is: "satisfied", reason })).toBeUndefined();
  });
});

import type { policySettings } from "@headroom/decisions/policies/registry";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { input, metric, settings, tracking } from "../../../../test/builders/decisions.ts";
import { boosted, burnRates, scheduled, stepped } from "./policy-arithmetic.ts";

type PolicyInput = z.input<typeof policySettings>;
type Change = Extract<PolicyInput, { kind: "step" }>["steps"][number]["change"];

function step(change: Change): PolicyInput {
  return { kind: "step", signals: [metric("load")], steps: [{ from: 10, to: 20, change }] };
}

const data = { signal: "load", value: 12, base: 10, capacity: 0, desired: 10 };

describe("arithmetic of policies", () => {
  it.each<[Change, number, string]>([
    [{ units: 3 }, 13, "step 10..20: 10 + 3 = 13"],
    [{ units: -3 }, 7, "step 10..20: 10 − 3 = 7"],
    [{ percent: -25 }, 8, "step 10..20: 10 − 25 % (-2.5, at least 1) = 8"],
    [{ exactly: 6 }, 6, "step 10..20: exactly 6 units"],
  ])("step %j", (change, capacity, expected) => {
    const policies = [step({ units: 99 }), step(change)];
    const asked = input({ settings: settings({ policies }) });
    expect(stepped("step 2", { ...data, capacity }, asked)).toBe(expected);
    expect(stepped("step 2", { ...data, value: 30, capacity }, asked)).toBeUndefined();
  });

  it("objective", () => {
    const burning = { burn: 8, above: 6, slo: 0.99, ready: 10, desired: 10, wanted: 14, cap: 12, capacity: 12 };
    expect(boosted(burning)).toBe("10 × (1 + min(1, 8 ÷ 20)) = 14, so 14, capped at 12");
    expect(burnRates({ short: 3, long: 1.5, above: 6 })).toBe("short window 3 of 6 (50 %), long window 1.5 (25 %)");
  });

  it("schedule", () => {
    expect(scheduled(input())).toBeUndefined();
    const window = { from: "2026-01-01T11:00:00Z", to: "2026-01-01T13:00:00Z", floor: 4, ceiling: 30 };
    const policies: PolicyInput[] = [tracking(), { kind: "schedule", windows: [window] }];
    expect(scheduled(input({ settings: settings({ policies }) }))).toBe("open windows: at least 4, at most 30");
  });
});

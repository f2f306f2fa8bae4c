import type { TargetSettings } from "@headroom/decisions/config/settings";
import { describe, expect, it } from "vitest";
import { metric, settings } from "../../builders/decisions.ts";
import { drive } from "../drive.ts";

// The arithmetic of Kubernetes' HPA `behavior`, worked by hand: changes within a period count from what there was at its
// beginning, up is `ceil(start × (1 + p))`, down is `trunc(start × (1 − p))`.

type Rate = NonNullable<Parameters<typeof settings>[0]>["rate"];
const paced = (rate: Rate, changes: Parameters<typeof settings>[0] = {}): TargetSettings =>
  settings({ min: 1, max: 1000, ...(rate === undefined ? {} : { rate }), ...changes });

/** What is set after each tick while so much load is there. */
function follow(given: TargetSettings, desired: number, loads: number[], tick = 60): number[] {
  const target = drive(given, { desired, tick, at: 1_767_268_800 });
  return loads.map((load) => target.ticks(1, { metrics: { load } })[0] ?? 0);
}

const steadily = (load: number, count: number): number[] => Array.from({ length: count }, () => load);

describe("a rate, down", () => {
  it("10 % of 72 are 8: 64 are left", () => {
    const rate = { in: { allow: [{ percent: 10, per: "1m" as const }] } };
    expect(follow(paced(rate), 72, steadily(10, 4))).toEqual([64, 57, 51, 45]);
  });

  it("a period of 5 minutes counts what went within it", () => {
    const rate = { in: { allow: [{ units: 4, per: "5m" as const }] } };
    expect(follow(paced(rate), 20, steadily(10, 7))).toEqual([16, 16, 16, 16, 16, 12, 12]);
  });

  it("the strictest or the loosest of several", () => {
    const allow = [
      { units: 4, per: "1m" as const },
      { percent: 10, per: "1m" as const },
    ];
    expect(follow(paced({ in: { allow, select: "loosest" } }), 80, steadily(10, 6))).toEqual([72, 64, 57, 51, 45, 40]);
    expect(follow(paced({ in: { allow, select: "strictest" } }), 80, steadily(10, 3))).toEqual([76, 72, 68]);
  });
});

describe("a rate, up", () => {
  it("HPA's own default: doubled or four more each period, whichever is more", () => {
    const allow = [
      { percent: 100, per: "1m" as const },
      { units: 4, per: "1m" as const },
    ];
    expect(follow(paced({ out: { allow } }), 1, steadily(1000, 6))).toEqual([5, 10, 20, 40, 80, 100]);
  });

  it("what was added and taken within the period counts from its beginning", () => {
    const rate = { out: { allow: [{ units: 5, per: "5m" as const }] } };
    // 10 → 13, back to 11, and then at most to 15: five more than at the beginning.
    expect(follow(paced(rate), 10, [130, 110, 400, 400])).toEqual([13, 11, 15, 15]);
  });

  it("from none there is a way up by per cent", () => {
    const rate = { out: { allow: [{ percent: 50, per: "1m" as const }] } };
    expect(follow(paced(rate, { min: 0 }), 0, steadily(100, 6))).toEqual([1, 2, 3, 5, 8, 10]);
  });
});

describe("stabilisation", () => {
  it("down to the highest of the window, up to the lowest", () => {
    const window = paced(undefined, { stabilisation: { in: "3m", out: "2m" } });
    const loads = [100, 100, 100, 60, 80, 50, 50, 50, 50];
    // The window looks back three minutes, the oldest look included: 100 leaves it after three more ticks.
    expect(follow(window, 10, loads)).toEqual([10, 10, 10, 10, 10, 10, 8, 8, 5]);
    expect(follow(window, 10, [100, 100, 150, 140, 160, 160])).toEqual([10, 10, 10, 10, 14, 14]);
  });
});

describe("stabilisation and rate together", () => {
  it("the rate counts from what is set, after the window had its say", () => {
    const given = paced({ in: { allow: [{ percent: 50, per: "2m" }] } }, { stabilisation: { in: "1m" } });
    expect(follow(given, 16, [160, ...steadily(10, 6)])).toEqual([16, 16, 8, 8, 4, 4, 2]);
  });
});

describe("tolerance", () => {
  it("is none upwards and 10 % downwards by default, and its edges are within", () => {
    const tracking = { kind: "target-tracking" as const, of: "total" as const, target: 10, signals: [metric("load")] };
    const given = paced(undefined, { policies: [tracking] });
    const one = (load: number) => follow(given, 10, [load])[0];
    expect([90, 100, 89, 101].map(one)).toEqual([10, 10, 9, 11]);
  });
});

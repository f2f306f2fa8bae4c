import { describe, expect, it } from "vitest";
import { input, metric, NOON, remembered, settings, tracking } from "../../../test/builders/decisions.ts";
import { blindness, lastSeen } from "./blindness.ts";
import type { Proposed } from "./model.ts";

const says = (is: "proposes" | "satisfied" | "blind"): Proposed => {
  const reason = { code: "nothingAsked" as const, data: {} };
  return is === "proposes" ? { policy: "a policy", is, capacity: 4, reason } : { policy: "a policy", is, reason };
};

const schedule = {
  kind: "schedule" as const,
  windows: [{ start: "0 9 * * *", end: "0 18 * * *", zone: "UTC", floor: 3 }],
};
const two = settings({ policies: [tracking(), tracking({ signals: [metric("other")] })] });
const withSchedule = settings({ policies: [tracking(), schedule] });

describe("a policy last saw", () => {
  const at = (proposals: Proposed[], given = two, trustedAt: number | null = NOON - 600) =>
    lastSeen(input({ settings: given, memory: remembered({ trustedAt }) }), proposals);

  it.each<{ what: string; proposals: Proposed[]; ago: number }>([
    { what: "now when one proposes", proposals: [says("blind"), says("proposes")], ago: 0 },
    { what: "now when none is blind", proposals: [says("satisfied"), says("satisfied")], ago: 0 },
    { what: "then when one is blind and none proposes", proposals: [says("blind"), says("satisfied")], ago: 600 },
    { what: "then when all are blind", proposals: [says("blind"), says("blind")], ago: 600 },
  ])("$what", ({ proposals, ago }) => {
    expect(NOON - at(proposals)).toBe(ago);
  });

  it("then when a schedule is all that speaks: it needs no eyes", () => {
    expect(NOON - at([says("blind"), says("proposes")], withSchedule)).toBe(600);
  });

  it("now at the first tick: how long it was blind before is not known", () => {
    expect(at([says("blind"), says("blind")], two, null)).toBe(NOON);
  });
});

describe("nothing seen", () => {
  const falling = settings({ fallback: { after: "10m", capacity: 12 } });

  it("is borne for a while", () => {
    expect(blindness(input({ settings: falling }), NOON - 599)).toBeUndefined();
    expect(blindness(input({ settings: falling }), NOON - 600)).toEqual({
      since: NOON - 600,
      after: 600,
      capacity: 12,
    });
  });

  it("is borne for ever without a fallback", () => {
    expect(blindness(input(), NOON - 1e6)).toBeUndefined();
  });
});

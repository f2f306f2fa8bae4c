import type { TargetStatus } from "@headroom/api/answers";
import { describe, expect, it } from "vitest";
import { statusTable } from "./status-table.ts";

const web: TargetStatus = {
  ...{ id: "web", kind: "ecs-service", mode: "control", min: 2, max: 40, leases: [] },
  capacity: { is: "capacity", desired: 6, running: 6, ready: 4 },
  latest: {
    ...{ at: "2026-01-05T12:07:00.000Z", decision: "scale", from: 4, to: 6, outcome: "done" },
    ...{ code: "aboveTarget", sentence: "So it is." },
    since: { at: "2026-01-05T12:05:00.000Z", orEarlier: false },
  },
};

function rows(...targets: TargetStatus[]): string[] {
  const status = { fleet: "shop", now: "2026-01-05T12:08:00.000Z", tick: null, targets };
  return statusTable(status).split("\n");
}

type Latest = NonNullable<TargetStatus["latest"]>;
const decided = (changes: Partial<Latest>): TargetStatus => ({
  ...web,
  latest: web.latest && { ...web.latest, ...changes },
});

describe("status table", () => {
  it("has a row a target", () => {
    expect(rows(web)).toEqual([
      "TARGET  MODE     SET  READY  MIN-MAX  DECISION  SINCE        WHY",
      "web     control    6      4     2-40  4 -> 6    01-05 12:05  So it is.",
    ]);
  });

  it.each([
    [decided({ outcome: "notDone" }), "4 -> 6 (not done)"],
    [decided({ outcome: "announced" }), "4 -> 6 (not known yet)"],
    [decided({ decision: "hold", from: 6, to: null, outcome: "none" }), "hold 6"],
    [decided({ decision: "hold", from: 6, to: 8, outcome: "none" }), "would 6 -> 8"],
    [decided({ decision: "hold", from: null, to: null, outcome: "none" }), "hold"],
    [decided({ since: { at: "2026-01-05T12:05:00.000Z", orEarlier: true } }), "before 01-05 12:05"],
    [{ ...web, latest: null }, "No tick has looked at it yet."],
    [
      { ...web, capacity: { is: "failed" as const, why: "AccessDenied" } },
      "The capacity cannot be read: AccessDenied. So it is.",
    ],
  ])("%# says %s", (status, says) => {
    expect(rows(status)[1]).toContain(says);
  });

  it("lists leases below", () => {
    const leases = [{ kind: "pin" as const, until: "2026-01-05T13:00:00.000Z", sentence: "Pinned at 4 units by ada." }];
    expect(rows({ ...web, leases }).slice(-2)).toEqual(["", "web: Pinned at 4 units by ada."]);
  });
});

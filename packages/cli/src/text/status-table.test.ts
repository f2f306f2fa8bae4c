import type { TargetStatus } from "@headroom/api/answers";
import { describe, expect, it } from "vitest";
import { statusTable } from "./status-table.ts";

const web: TargetStatus = {
  ...{ id: "web", kind: "ecs-service", mode: "control", min: 2, max: 40, leases: [], interlocks: [], told: [] },
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
    const until = "2026-01-05T13:20:00.000Z";
    const pin = { kind: "pin" as const, target: "web", until, left: 4320, sentence: "Pinned at 4 units by ada." };
    expect(rows({ ...web, leases: [pin] }).slice(-2)).toEqual(["", "web: Pinned at 4 units by ada. 1 h 12 min left"]);
  });

  it("lists a lease on all once", () => {
    const until = "2026-01-05T13:20:00.000Z";
    const pause = { kind: "pause" as const, target: "*", until, left: 60, sentence: "Paused by ada." };
    const both = [web, { ...web, id: "mail" }].map((target) => ({ ...target, leases: [pause] }));
    expect(rows(...both).slice(-2)).toEqual(["", "all targets: Paused by ada. 1 min left"]);
  });

  it("lists open interlocks and what people were told", () => {
    const interlocks = [
      { name: "deployment", since: "2026-01-05T12:00:00.000Z", why: "a deployment is running" },
      { name: "drill", since: "2026-01-05T12:01:00.000Z", why: null },
    ];
    const told = [{ kind: "at-maximum", at: "2026-01-05T12:03:00.000Z" }];
    expect(rows({ ...web, interlocks, told }).slice(-4)).toEqual([
      "",
      "web: interlock deployment since 01-05 12:00: a deployment is running",
      "web: interlock drill since 01-05 12:01",
      "web: attention at-maximum, told at 01-05 12:03",
    ]);
  });
});

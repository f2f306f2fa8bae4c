import { leaseSays } from "@headroom/api/lease-text";
import { decide } from "@headroom/decisions/decide";
import { expect, it } from "vitest";
import { draining, input, NOON, pinned, queued, remembered, settings } from "../../../../test/builders/decisions.ts";
import { carriedLines, leaseLines } from "./carried.ts";

it("tells what the next tick is handed", () => {
  const record = decide(
    input({
      settings: settings({ policies: [draining({ queue: "mail" })], fallback: { after: "10m", capacity: 7 } }),
      answers: { "queue mail": queued(50_000) },
      memory: remembered({ drainBy: { mail: NOON + 180 }, told: { "at-maximum": NOON - 600 } }),
    }),
  );
  const carry = {
    ...record.carry,
    blockedSince: NOON - 60,
    boosts: { objective: [{ at: NOON - 120, burn: 8, base: 10, made: true }] },
  };
  expect(carriedLines({ ...record, carry })).toEqual([
    "mail is due to be worked off by 2026-01-01 12:03:00Z, 3 min left",
    "objective has raised once without ending it; last at 2026-01-01 11:58:00Z, when the budget burned at 8 times its pace",
    expect.stringMatching(/^something could be seen last at .+; at least 7 after 10 min without$/),
    "more capacity is held back since 2026-01-01 11:59:00Z",
    "people were told of at-maximum at 2026-01-01 11:50:00Z",
  ]);
});

it("tells of leases with the time left, and not of those that are over", () => {
  const leases = [pinned(12, { until: NOON + 4320 }), pinned(13, { until: NOON })];
  expect(leaseLines(decide(input({ leases })), leaseSays)).toEqual([
    "Pinned at 12 units by ada until 2026-01-01 13:12:00Z: a test. 1 h 12 min left",
  ]);
});

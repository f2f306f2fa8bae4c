import { pack } from "@headroom/aws/stores/packing";
import { encodeMemories } from "@headroom/decisions/memories";
import { memorySpan, recentActions } from "@headroom/decisions/memory";
import type { Action, Memory } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { MINUTE, metric, NOON, settings, tracking } from "../builders/decisions.ts";
import { hourOfMoments, memoryOf } from "../contract/samples.ts";

// A shard is 250 targets and its memory one item: whatever the configuration lets be remembered must fit.

/** Everything that lengthens a memory, at the most that may be configured. */
const longest = settings({
  warmUp: "1h",
  stabilisation: { in: "1h", out: "1h" },
  rate: { in: { allow: [{ units: 1, per: "6h" }] }, out: { allow: [{ units: 1, per: "6h" }] } },
  coolDown: { in: "6h", out: "6h" },
  foreignWrites: { policy: "hold", duration: "24h" },
  policies: [tracking({ signals: [metric("load", { period: "1h", maxAge: "1h" })] })],
});

/** A target that somebody else changes every minute, all day. */
function busy(seed: number): Memory {
  const span = memorySpan(longest, MINUTE);
  const hours = Array.from({ length: Math.ceil(span / 3600) }, (_, ago) =>
    hourOfMoments(seed + ago, NOON - ago * 3600),
  );
  const ring = hours
    .reverse()
    .flat()
    .filter(({ at }) => at >= NOON - span);
  const day = Array.from({ length: 1440 }, (_, minute): Action => {
    return { at: NOON - (1440 - minute) * MINUTE, from: (seed * 7 + minute * 13) % 97, to: minute % 89, by: "foreign" };
  });
  const usage = Array.from({ length: 25 }, (_, stretch) => ({ from: NOON - stretch * 3600, unitSeconds: seed * 3.7 }));
  return { ...memoryOf(seed, NOON), ring, actions: recentActions(day, longest, NOON), usage };
}

describe("the longest memory that can be configured", () => {
  it("fits in an item, for a whole shard", async () => {
    const targets = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`service-${index}`, busy(index)]));
    expect(targets["service-0"]?.ring).toHaveLength(183);
    const packed = await pack(encodeMemories(targets), "The memory");
    // With as much room again, for numbers that compress worse and for looks that alarms cause.
    expect(packed.byteLength).toBeLessThan(200 * 1024);
  });
});

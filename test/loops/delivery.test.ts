import { fc, test } from "@fast-check/vitest";
import { Invalid } from "@headroom/decisions/errors";
import { tick } from "@headroom/loops/tick";
import { describe, expect, it } from "vitest";
import { dying, justBefore, minute, rising, surrounded } from "./world.ts";

// An event says when to look. Whether it comes once, twice, late, early or in disorder, capacity changes once.

const once = [{ id: "web", from: 10, to: 15 }];

describe("an event that comes", () => {
  it("once changes capacity once", async () => {
    const account = await rising();
    expect(await account.tick(2)).toMatchObject({ is: "ticked", at: minute(2), busy: [] });
    expect(account.changes).toEqual(once);
    await account.ticks(3, 5);
    expect(account.changes).toEqual(once);
  });

  it("twice is superseded the second time", async () => {
    const account = await rising();
    await account.tick(2);
    account.load.set("web", 300);
    expect(await account.tick(2)).toEqual({ is: "superseded", at: minute(2) });
    expect(account.changes).toEqual(once);
  });

  it("twice at a time changes capacity once", async () => {
    const account = await rising();
    await Promise.all([account.tick(2), account.tick(2)]);
    expect(account.changes).toEqual(once);
    await account.ticks(3, 4);
    expect(account.changes).toEqual(once);
    expect((await account.row())?.actions).toHaveLength(1);
  });

  it("twice, the second time before the first has ended, finds its target busy and leaves its record alone", async () => {
    const account = await rising();
    let second: unknown;
    const again = async () => {
      second = await account.tick(2);
    };
    await account.tick(2, justBefore("shards.save", again));
    expect(second).toEqual({ is: "ticked", at: minute(2), records: [], busy: ["web"] });
    expect(await account.record(2)).toMatchObject({ decision: { is: "scale" }, outcome: { is: "done" } });
    expect(account.changes).toEqual(once);
  });

  it("after a newer one is superseded", async () => {
    const account = await rising();
    await account.tick(3);
    account.load.set("web", 300);
    account.clock.set(minute(3) + 5);
    expect(await tick(account.world, account.fleet, { at: minute(2) })).toEqual({ is: "superseded", at: minute(2) });
    expect(account.changes).toEqual(once);
  });

  it("up to 90 s late still counts, and no later", async () => {
    const account = await rising();
    account.clock.set(minute(2) + 91);
    expect(await tick(account.world, account.fleet, { at: minute(2) })).toEqual({ is: "superseded", at: minute(2) });
    expect(account.changes).toEqual([]);
    account.clock.set(minute(2) + 90);
    expect(await tick(account.world, account.fleet, { at: minute(2) })).toMatchObject({ is: "ticked" });
    expect(account.changes).toEqual(once);
  });

  it("up to a minute early counts, and no earlier", async () => {
    const account = await rising();
    account.clock.set(minute(2) - 61);
    await expect(tick(account.world, account.fleet, { at: minute(2) })).rejects.toThrow(Invalid);
    await expect(tick(account.world, account.fleet, { at: minute(2) })).rejects.toThrow(
      "The tick is for 2026-01-01 12:02:00Z and the clock says 2026-01-01 12:00:59Z: check who sends it.",
    );
    expect(account.changes).toEqual([]);
    account.clock.set(minute(2) - 60);
    expect(await tick(account.world, account.fleet, { at: minute(2) })).toMatchObject({ is: "ticked" });
  });

  const overlapping = [fc.scheduler(), fc.subarray([2, 2, 2, 3, 3], { minLength: 2 }), fc.option(fc.nat(20))] as const;
  test.prop([...overlapping], { seed: 20_260_101, numRuns: 200 })(
    "in any number, overlapping in any way, even if one of them dies, changes capacity once",
    async (scheduler, minutes, deathAt) => {
      const account = await rising();
      account.clock.set(minute(3) + 2);
      const late = surrounded(account.world, async (port, call) => {
        await scheduler.schedule(Promise.resolve(), port);
        return call();
      });
      const { around, died } = dying(deathAt ?? Number.POSITIVE_INFINITY, "after");
      const worlds = [surrounded(late, around), ...minutes.slice(1).map(() => late)];
      const all = minutes.map((each, index) => tick(worlds[index] ?? late, account.fleet, { at: minute(each) }));
      const [first, ...others] = all;
      await scheduler.waitFor(Promise.all([Promise.race([first, died]), ...others]));
      expect(account.changes.length).toBeLessThanOrEqual(1);
      await account.ticks(4, 5);
      expect(account.changes).toEqual(once);
      expect(await account.row()).toMatchObject({ claim: null, actions: [{ from: 10, to: 15, by: "headroom" }] });
      expect(new Set(account.published.map(({ metadata }) => metadata.id)).size).toBe(1);
    },
  );
});

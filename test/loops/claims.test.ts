import { describe, expect, it } from "vitest";
import { type Account, createAccount, failing, following, justBefore, minute, rising } from "./world.ts";

// A claim says what one tick is about to do. Whoever claims acts alone and in time, or leaves it to the next tick to find
// out what became of it.

const codes = async (account: Account, count: number) =>
  (await account.record(count))?.decision.reasons.map(({ code }) => code);

describe("a change that is carried out", () => {
  it("is recorded, remembered and settled", async () => {
    const account = await rising();
    await account.tick(2);
    expect(await account.row()).toEqual({
      ...{ target: "web", at: minute(2), claim: null },
      actions: [{ at: minute(2), from: 10, to: 15, by: "headroom" }],
    });
    expect(await account.record(2)).toMatchObject({ outcome: { is: "done", at: minute(2) + 2 } });
  });

  it("is announced before it is made, for 30 s", async () => {
    const account = await rising();
    let seen: unknown[] = [];
    const look = async () => {
      seen = [await account.row(), (await account.record(2))?.outcome];
    };
    await account.tick(2, justBefore("capacities.set", look));
    const claim = { at: minute(2), from: 10, to: 15, until: minute(2) + 32 };
    expect(seen).toEqual([{ target: "web", at: minute(2), claim, actions: [] }, { is: "announced" }]);
  });

  it("forgets changes that matter no longer", async () => {
    const account = await rising();
    await account.tick(2);
    account.load.set("web", 200);
    await account.tick(70);
    expect((await account.row())?.actions).toEqual([{ at: minute(70), from: 15, to: 20, by: "headroom" }]);
  });
});

describe("a live claim of another tick", () => {
  it("is left alone: the target is busy, and what was remembered of it stays", async () => {
    const account = await rising();
    const memory = await account.memory();
    const claim = { at: minute(1) + 30, from: 10, to: 15, until: minute(2) + 3 };
    await account.stores.targets.claim("web", claim);
    expect(await account.tick(2)).toEqual({ is: "ticked", at: minute(2), records: [], busy: ["web"] });
    expect(account.changes).toEqual([]);
    expect(await account.row()).toMatchObject({ claim });
    expect(await account.memory()).toEqual(memory);
  });

  it("is dead from the second on in which it ends", async () => {
    const account = await rising();
    await account.stores.targets.claim("web", { at: minute(1) + 30, from: 10, to: 15, until: minute(2) + 2 });
    expect(await account.tick(2)).toMatchObject({ busy: [] });
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  });

  it("that was made while this tick decided wins", async () => {
    const account = await rising();
    const claim = { at: minute(2) + 1, from: 10, to: 12, until: minute(2) + 32 };
    const result = await account.tick(
      2,
      justBefore("targets.claim", () => account.stores.targets.claim("web", claim)),
    );
    expect(result).toEqual({ is: "ticked", at: minute(2), records: [], busy: [] });
    expect(account.changes).toEqual([]);
    expect(await account.record(2)).toBeUndefined();
    expect(await account.row()).toMatchObject({ claim });
  });
});

describe("a claim whose tick died", () => {
  const died = async (account: Account, units: number) => {
    await account.tick(2, failing("capacities.set", new Error("the Lambda was cut off"))).catch(() => undefined);
    account.units.set("web", units);
  };

  it("before the change was not done: no rest begins, and it is done now", async () => {
    const account = await rising({ coolDown: { out: "5m" } });
    await died(account, 10);
    expect((await account.record(2))?.outcome).toEqual({ is: "announced" });
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why: "the tick died before the change" });
    expect((await account.row())?.actions).toEqual([{ at: minute(3), from: 10, to: 15, by: "headroom" }]);
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  });

  it("after the change was done: the rest begins with it, and it is announced", async () => {
    const account = await rising({ coolDown: { out: "5m" } });
    await died(account, 15);
    account.load.set("web", 200);
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) });
    expect(await codes(account, 3)).toEqual(["aboveTarget", "coolingDownOut"]);
    expect(await account.row()).toEqual({
      ...{ target: "web", at: minute(2), claim: null },
      actions: [{ at: minute(2), from: 10, to: 15, by: "headroom" }],
    });
    expect(account.published).toMatchObject([
      { type: "headroom.capacity.changed", id: `web@${minute(2)}`, data: { from: 10, to: 15 } },
    ]);
  });

  it("is somebody else's doing when capacity is neither what it was nor what it should be", async () => {
    const account = await rising();
    await died(account, 12);
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why: "somebody else set 12" });
    expect((await account.record(3))?.input.memory.actions).toEqual([
      { at: minute(3), from: 10, to: 12, by: "foreign" },
    ]);
    expect(account.changes).toEqual([{ id: "web", from: 12, to: 15 }]);
  });

  it("waits for the capacity to be readable, and the look says so", async () => {
    const account = await rising();
    await died(account, 15);
    account.unreadable.add("web");
    expect(await account.tick(3)).toMatchObject({ busy: [] });
    expect(await codes(account, 3)).toEqual(["capacityFailed"]);
    expect((await account.row())?.claim).not.toBeNull();
    account.unreadable.clear();
    await account.tick(4);
    expect(await account.row()).toMatchObject({ claim: null, actions: [{ at: minute(2), from: 10, to: 15 }] });
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) });
  });

  it("is resolved by one of two ticks, and the other leaves the target alone", async () => {
    const account = await rising();
    await died(account, 15);
    const outrun = justBefore("targets.settle", () => account.stores.targets.settle("web", minute(2), []));
    expect(await account.tick(3, outrun)).toMatchObject({ records: [], busy: ["web"] });
    expect(account.published).toEqual([]);
  });
});

describe("a tick that takes longer than its claim", () => {
  it("and is overtaken changes nothing more, and spoils nothing for other targets", async () => {
    const account = createAccount({ web: following("web"), api: following("api", { mode: "observe" }) });
    await account.ticks(0, 1);
    account.load.set("web", 150);
    const slow = await account.tick(
      2,
      justBefore("capacities.set", () => account.tick(3)),
    );
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
    expect(slow).toMatchObject({ is: "ticked", records: [{ input: { target: "api" } }] });
    expect(await account.row()).toEqual({
      ...{ target: "web", at: minute(3), claim: null },
      actions: [{ at: minute(3), from: 10, to: 15, by: "headroom" }],
    });
    expect(account.published.map(({ id }) => id)).toEqual([`web@${minute(3)}`]);
  });
});

describe("a capacity that somebody else wrote", () => {
  it("is noticed once, and rests like any other change", async () => {
    const account = await rising({ coolDown: { in: "3m" } });
    account.load.set("web", 100);
    account.units.set("web", 20);
    const foreign = { at: minute(2), from: 10, to: 20, by: "foreign" };
    for (const count of [2, 3, 4]) {
      await account.tick(count);
      expect((await account.memory())?.actions).toEqual([foreign]);
    }
    expect(account.changes).toEqual([]);
    expect(await codes(account, 2)).toEqual(["belowTarget", "coolingDownIn"]);
    await account.tick(5);
    expect(account.changes).toEqual([{ id: "web", from: 20, to: 10 }]);
  });

  it("and is answered at the same tick is not taken for another one at the next", async () => {
    const account = await rising();
    account.units.set("web", 20);
    await account.tick(2);
    expect(account.changes).toEqual([{ id: "web", from: 20, to: 15 }]);
    await account.ticks(3, 4);
    expect((await account.memory())?.actions).toEqual([{ at: minute(2), from: 10, to: 20, by: "foreign" }]);
    expect((await account.row())?.actions).toEqual([{ at: minute(2), from: 20, to: 15, by: "headroom" }]);
  });

  it("is not our own change of the last tick", async () => {
    const account = await rising();
    await account.ticks(2, 4);
    expect((await account.memory())?.actions).toEqual([]);
  });
});

import { Denied, Throttled } from "@headroom/decisions/errors";
import { tick } from "@headroom/loops/tick";
import { describe, expect, it } from "vitest";
import {
  type Account,
  type Around,
  createAccount,
  failing,
  following,
  justBefore,
  minute,
  rising,
  surrounded,
} from "./world.ts";

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
      actions: [{ at: minute(2) + 2, decidedAt: minute(2), from: 10, to: 15, by: "headroom" }],
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
    const claim = { at: minute(2), sets: "capacity" as const, from: 10, to: 15, until: minute(2) + 32 };
    expect(seen).toEqual([{ target: "web", at: minute(2), claim, actions: [] }, { is: "announced" }]);
  });

  it("forgets changes that matter no longer", async () => {
    const account = await rising();
    await account.tick(2);
    account.load.set("web", 200);
    await account.tick(70);
    expect((await account.row())?.actions).toEqual([
      { at: minute(70) + 2, decidedAt: minute(70), from: 15, to: 20, by: "headroom" },
    ]);
  });
});

describe("a live claim of another tick", () => {
  it("is left alone: the target is busy, and what was remembered of it stays", async () => {
    const account = await rising();
    const memory = await account.memory();
    const claim = { at: minute(1) + 30, sets: "capacity" as const, from: 10, to: 15, until: minute(2) + 3 };
    await account.stores.targets.claim("web", claim);
    expect(await account.tick(2)).toEqual({ is: "ticked", at: minute(2), records: [], busy: ["web"] });
    expect(account.changes).toEqual([]);
    expect(await account.row()).toMatchObject({ claim });
    expect(await account.memory()).toEqual(memory);
  });

  it("is dead from the second on in which it ends", async () => {
    const account = await rising();
    await account.stores.targets.claim("web", {
      at: minute(1) + 30,
      sets: "capacity" as const,
      from: 10,
      to: 15,
      until: minute(2) + 2,
    });
    expect(await account.tick(2)).toMatchObject({ busy: [] });
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  });

  it("that was ended since this tick looked wins, even if what it did cannot be seen yet", async () => {
    const account = await rising();
    const earlier = async () => {
      account.load.set("web", 120);
      await tick(account.world, account.fleet, { at: minute(2) - 20 });
      account.behind = 10;
    };
    await account.tick(2, justBefore("targets.claim", earlier));
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 12 }]);
    expect((await account.record(2))?.outcome).toEqual({
      is: "notDone",
      why: "another tick changed it after this one had looked",
    });
    expect(await account.row()).toMatchObject({ claim: null, actions: [{ from: 10, to: 12 }] });
  });

  it("that was made while this tick decided wins", async () => {
    const account = await rising();
    const claim = { at: minute(2) + 1, sets: "capacity" as const, from: 10, to: 12, until: minute(2) + 32 };
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
    expect((await account.row())?.actions).toEqual([
      { at: minute(3) + 2, decidedAt: minute(3), from: 10, to: 15, by: "headroom" },
    ]);
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  });

  it("after the change was done: the rest begins with it, and it is announced", async () => {
    const account = await rising({ coolDown: { out: "5m" } });
    await died(account, 15);
    account.load.set("web", 200);
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) + 32 });
    expect(await codes(account, 3)).toEqual(["aboveTarget", "coolingDownOut"]);
    expect(await account.row()).toEqual({
      ...{ target: "web", at: minute(2), claim: null },
      actions: [{ at: minute(2) + 32, decidedAt: minute(2), from: 10, to: 15, by: "headroom" }],
    });
    expect(account.published).toMatchObject([
      { type: "headroom.capacity.changed", metadata: { id: `web@${minute(2)}` }, data: { from: 10, to: 15 } },
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
    expect(await account.row()).toMatchObject({ claim: null, actions: [{ decidedAt: minute(2), from: 10, to: 15 }] });
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) + 32 });
  });

  it("is resolved by one of two ticks, and the other leaves the target alone", async () => {
    const account = await rising();
    await died(account, 15);
    const outrun = justBefore("targets.settle", () => account.stores.targets.settle("web", minute(2), []));
    expect(await account.tick(3, outrun)).toMatchObject({ records: [], busy: ["web"] });
    expect(account.published.map(({ metadata }) => metadata.id)).toEqual([`web@${minute(2)}`]);
  });
});

describe("what was looked at", () => {
  it("and changed meanwhile is not overwritten", async () => {
    const account = await rising();
    await account.tick(
      2,
      justBefore("capacities.read", () => account.units.set("web", 12), { nth: 2 }),
    );
    expect(account.changes).toEqual([]);
    const why = "12 are set, not the 10 that were looked at";
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why });
    expect(await account.row()).toEqual({ target: "web", at: minute(2), claim: null, actions: [] });
    await account.tick(3);
    expect(account.changes).toEqual([{ id: "web", from: 12, to: 15 }]);
  });

  it("and cannot be read again is not overwritten", async () => {
    const account = await rising();
    await account.tick(2, failing("capacities.read", new Throttled("slow down"), { nth: 2 }));
    expect(account.changes).toEqual([]);
    const why = "what is set could not be read again before setting it";
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why });
  });

  it("too long ago is not acted on: no call after the claim has ended", async () => {
    const account = await rising();
    await account.tick(
      2,
      justBefore("capacities.read", () => account.clock.pass(30), { nth: 2 }),
    );
    expect(account.changes).toEqual([]);
    // How it ended is for another tick to say, which may have begun meanwhile.
    expect((await account.record(2))?.outcome).toEqual({ is: "announced" });
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why: "the tick died before the change" });
    expect(account.changes).toHaveLength(1);
    const inTime = await rising();
    await inTime.tick(
      2,
      justBefore("capacities.read", () => inTime.clock.pass(29), { nth: 2 }),
    );
    expect(inTime.changes).toHaveLength(1);
  });
});

describe("a call whose answer", () => {
  it("was lost had its effect all the same", async () => {
    const account = await rising();
    await account.tick(2, failing("capacities.set", new Throttled("timed out"), { after: true }));
    expect((await account.record(2))?.outcome).toMatchObject({ is: "done" });
    expect((await account.row())?.actions).toHaveLength(1);
    await account.tick(3);
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  });

  it("is a refusal had none, and is tried again at the next tick", async () => {
    const account = await rising({ coolDown: { out: "5m" } });
    await account.tick(2, failing("capacities.set", new Throttled("slow down")));
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why: "Throttled: slow down" });
    expect(await account.row()).toMatchObject({ claim: null, actions: [] });
    expect(account.published).toEqual([]);
    await account.tick(3);
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  });

  it("is success but whose effect is not seen leaves the claim open: it was not done if it is not seen a tick later", async () => {
    const account = await rising();
    const ignored = justBefore("capacities.read", () => account.units.set("web", 10), { nth: 3 });
    await account.tick(2, ignored);
    expect((await account.record(2))?.outcome).toEqual({ is: "announced" });
    await account.tick(3);
    expect((await account.record(2))?.outcome).toMatchObject({ is: "notDone" });
    expect(account.changes).toHaveLength(2);
  });

  it("is success but that is seen late is ours, and nobody else's", async () => {
    const account = await rising();
    const behind: Around = async (port, call) => {
      const answer = await call();
      if (port === "capacities.set") account.behind = 10;
      return answer;
    };
    await account.tick(2, behind);
    account.behind = undefined;
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) + 32 });
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
    expect((await account.row())?.actions).toMatchObject([{ from: 10, to: 15, by: "headroom" }]);
  });

  it("was overtaken by somebody else's change is told", async () => {
    const account = await rising();
    await account.tick(
      2,
      justBefore("capacities.read", () => account.units.set("web", 7), { nth: 3 }),
    );
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why: "somebody else set 7 meanwhile" });
  });

  it("cannot be verified leaves the claim open, and the next tick finds out", async () => {
    const account = await rising();
    await account.tick(2, failing("capacities.read", new Denied("not yours"), { nth: 3 }));
    expect((await account.record(2))?.outcome).toEqual({ is: "announced" });
    expect((await account.row())?.claim).not.toBeNull();
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) + 32 });
    expect(account.changes).toHaveLength(1);
  });

  it("is an error that nobody expects ends the tick loudly, and the next one finds out", async () => {
    const account = await rising();
    const unexpected = failing("capacities.set", new TypeError("undefined is not a function"), { after: true });
    await expect(account.tick(2, unexpected)).rejects.toThrow(TypeError);
    await account.tick(3);
    expect(account.changes).toHaveLength(1);
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) + 32 });
  });
});

describe("a tick that comes before its time", () => {
  const early = async (account: Account, around: Around) => {
    account.clock.set(minute(2) - 40);
    return tick(surrounded(account.world, around), account.fleet, { at: minute(2) });
  };

  it("has made its own change, and nobody else has", async () => {
    const account = await rising({ foreignWrites: { policy: "restore" } });
    await early(account, (_, call) => call());
    await account.ticks(3, 5);
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
    expect((await account.memory())?.actions).toEqual([]);
  });

  it("and dies before it settles its claim has made its own change as well", async () => {
    const account = await rising({ foreignWrites: { policy: "restore" } });
    // Another delivery of the same tick remembers the look from before the change.
    const looked = justBefore("targets.claim", () => {
      account.load.set("web", 100);
      return tick(account.world, account.fleet, { at: minute(2) });
    });
    const dies = failing("targets.settle", new Error("the Lambda was cut off"));
    await expect(early(account, (port, call) => dies(port, () => looked(port, call)))).rejects.toThrow("cut off");
    account.load.set("web", 150);
    await account.ticks(3, 5);
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
    expect((await account.memory())?.actions).toEqual([]);
  });
});

describe("a late tick that dies after its change, when a newer one had looked before", () => {
  it.each(["adopt", "restore"] as const)("leaves what is ours, and nobody undoes it: %s", async (policy) => {
    const account = await rising({ foreignWrites: { policy } });
    account.clock.set(minute(2) + 62);
    const newer = async () => {
      account.load.set("web", 100); // it sees the load of before
      await tick(account.world, account.fleet, { at: minute(3) });
      account.load.set("web", 150);
      account.clock.pass(1);
    };
    const looked = justBefore("targets.claim", newer);
    const dies = failing("targets.settle", new Error("the Lambda was cut off"));
    const late = surrounded(account.world, (port, call) => dies(port, () => looked(port, call)));
    await expect(tick(late, account.fleet, { at: minute(2) })).rejects.toThrow("cut off");
    await account.ticks(4, 6);
    expect((await account.memory())?.actions).toEqual([]);
    expect((await account.row())?.actions).toMatchObject([{ decidedAt: minute(2), from: 10, to: 15 }]);
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
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
      actions: [{ at: minute(3) + 2, decidedAt: minute(3), from: 10, to: 15, by: "headroom" }],
    });
    expect(account.published.map(({ metadata }) => metadata.id)).toEqual([`web@${minute(3)}`]);
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why: "the tick died before the change" });
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
    expect((await account.row())?.actions).toEqual([
      { at: minute(2) + 2, decidedAt: minute(2), from: 20, to: 15, by: "headroom" },
    ]);
  });

  it("is not our own change of the last tick", async () => {
    const account = await rising();
    await account.ticks(2, 4);
    expect((await account.memory())?.actions).toEqual([]);
  });
});

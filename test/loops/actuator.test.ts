import { Denied, Throttled } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import { createAccount, failing, following, justBefore, minute, rising } from "./world.ts";

// What was decided is checked once more against what was looked at, set, and verified.

describe("what was looked at", () => {
  it("and changed meanwhile is not overwritten", async () => {
    const account = await rising();
    await account.tick(
      2,
      justBefore("capacities.read", () => account.units.set("web", 12), { nth: 2 }),
    );
    expect(account.changes).toEqual([]);
    const why = "the capacity is 12, not the 10 that was looked at";
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why });
    expect(await account.row()).toEqual({ target: "web", at: minute(2), claim: null, actions: [] });
    await account.tick(3);
    expect(account.changes).toEqual([{ id: "web", from: 12, to: 15 }]);
  });

  it("and cannot be read again is not overwritten", async () => {
    const account = await rising();
    await account.tick(2, failing("capacities.read", new Throttled("slow down"), { nth: 2 }));
    expect(account.changes).toEqual([]);
    const why = "the capacity could not be read again before setting it";
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why });
  });

  it("too long ago is not acted on: no call after the claim has ended", async () => {
    const account = await rising();
    await account.tick(
      2,
      justBefore("capacities.read", () => account.clock.pass(30), { nth: 2 }),
    );
    expect(account.changes).toEqual([]);
    expect((await account.record(2))?.outcome).toEqual({ is: "notDone", why: "the claim ran out before the call" });
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

  it("is success but that changed nothing is told", async () => {
    const account = await rising();
    const ignored = justBefore("capacities.read", () => account.units.set("web", 10), { nth: 3 });
    await account.tick(2, ignored);
    expect((await account.record(2))?.outcome).toEqual({
      is: "notDone",
      why: "the call succeeded and changed nothing",
    });
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
    const result = await account.tick(2, failing("capacities.read", new Denied("not yours"), { nth: 3 }));
    expect(result).toMatchObject({ records: [{ outcome: { is: "announced" } }] });
    expect((await account.record(2))?.outcome).toEqual({ is: "announced" });
    expect((await account.row())?.claim).not.toBeNull();
    expect((await account.memory())?.ring.at(-1)).toMatchObject({ at: minute(2), desired: 10 });
    await account.tick(3);
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) });
    expect(account.changes).toHaveLength(1);
  });

  it("is an error that nobody expects ends the tick loudly, and the next one finds out", async () => {
    const account = await rising();
    const unexpected = failing("capacities.set", new TypeError("undefined is not a function"), { after: true });
    await expect(account.tick(2, unexpected)).rejects.toThrow(TypeError);
    await account.tick(3);
    expect(account.changes).toHaveLength(1);
    expect((await account.record(2))?.outcome).toEqual({ is: "done", at: minute(2) });
  });
});

describe("several intents", () => {
  const ids = ["falls", "rises", "sinks", "soars", "wakes"];
  it("are carried out by urgency: the largest share that is short first, lowering last, the largest surplus first", async () => {
    // From and to; what is short as a share of what there is decides, and nothing counts as one unit.
    const wanted = { falls: [50, 40], rises: [50, 60], sinks: [10, 2], soars: [10, 30], wakes: [0, 3] } as const;
    const account = createAccount(Object.fromEntries(ids.map((id) => [id, following(id, { min: 0 })])));
    for (const [id, [from, to]] of Object.entries(wanted)) {
      account.units.set(id, from);
      account.load.set(id, 10 * to);
    }
    await account.tick(0);
    expect(account.changes.map(({ id }) => id)).toEqual(["wakes", "soars", "rises", "sinks", "falls"]);
  });

  it("do not hold up each other", async () => {
    const account = createAccount(Object.fromEntries(ids.map((id) => [id, following(id)])));
    for (const id of ids) account.load.set(id, 150);
    await account.tick(0, failing("capacities.set", new Throttled("slow down"), { nth: 2 }));
    expect(account.changes.map(({ id }) => id)).toEqual(["falls", "sinks", "soars", "wakes"]);
    expect((await account.record(0, "rises"))?.outcome).toMatchObject({ is: "notDone" });
    expect((await account.record(0, "wakes"))?.outcome).toMatchObject({ is: "done" });
  });
});

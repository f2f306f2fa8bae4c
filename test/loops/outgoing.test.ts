import { Denied } from "@headroom/decisions/errors";
import type { Lease } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { events as schemas } from "#events/registry";
import { bounded, MINUTE, paused, pinned } from "../builders/decisions.ts";
import { type Account, createAccount, failing, following, justBefore, minute } from "./world.ts";

// What others are told: once while all goes well, never less, and under the same id when it is told again.

function told(account: Account, type: string): (Record<string, unknown> & { minute: number })[] {
  return account.published
    .filter((event) => event.type === `headroom.${type}`)
    .map(({ metadata, data }) => ({ minute: (Date.parse(metadata.at) / 1000 - minute(0)) / MINUTE, ...data }));
}

function wellFormed(account: Account): void {
  for (const { type, metadata, data } of account.published) {
    const schema = schemas.find((event) => event.type === type)?.schema;
    expect(schema?.safeParse({ metadata, data })).toMatchObject({ success: true });
  }
}

describe("a lease that ended", () => {
  async function granted(...leases: Lease[]): Promise<Account> {
    const account = createAccount();
    for (const lease of leases) await account.stores.leases.put(lease);
    await account.tick(0);
    return account;
  }

  it("by running out is told once", async () => {
    const account = await granted(paused("in", { until: minute(2) + 30 }));
    await account.ticks(1, 6);
    const ended = { target: "web", kind: "pause", owner: "ada", reason: "a test", ranOut: true };
    expect(told(account, "lease.ended")).toEqual([{ minute: 3, ...ended, until: "2026-01-01T12:02:30.000Z" }]);
    wellFormed(account);
  });

  it("because it was taken back is told as such", async () => {
    const account = await granted(pinned(10), bounded({ max: 50 }));
    await account.stores.leases.remove("web", "pin");
    await account.ticks(1, 3);
    expect(told(account, "lease.ended")).toMatchObject([{ minute: 1, kind: "pin", ranOut: false }]);
  });

  it("because another of its kind took its place is not told", async () => {
    const account = await granted(pinned(10));
    await account.stores.leases.put(pinned(11, { until: minute(5) }));
    await account.ticks(1, 6);
    expect(told(account, "lease.ended")).toMatchObject([{ minute: 5, ranOut: true }]);
  });

  it("because another of its kind took its place is not told as having run out, were it over by now", async () => {
    const account = await granted(pinned(10, { until: minute(0) + 30 }));
    await account.stores.leases.put(pinned(11, { until: minute(5) }));
    await account.ticks(1, 6);
    expect(told(account, "lease.ended")).toMatchObject([{ minute: 5, ranOut: true }]);
  });

  it("during a pass is told by the next, once", async () => {
    const account = await granted(pinned(10, { until: minute(1) + 5 }));
    await account.tick(1, async (port, call) => {
      const answer = await call();
      if (port === "leases.list") account.clock.pass(10);
      return answer;
    });
    await account.ticks(2, 3);
    expect(told(account, "lease.ended")).toMatchObject([{ minute: 2, ranOut: true }]);
  });

  it("while the bus did not listen is told by the next pass, under the same id", async () => {
    const account = await granted(pinned(10, { until: minute(1) }));
    const unheard = account.tick(1, failing("publish", new Error("the answer was lost"), { after: true }));
    await expect(unheard).rejects.toThrow("lost");
    await account.tick(2);
    const ids = account.published.map(({ metadata }) => metadata.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("an interlock", () => {
  it("is told when it opens and when it closes, and a look that sees nothing closes nothing", async () => {
    const account = createAccount();
    const { read } = account.world.capacities;
    let deploying = false;
    account.world.capacities.read = async (asked) =>
      new Map(
        [...(await read(asked))].map(([id, answer]) => [
          id,
          answer.is === "failed" ? answer : { ...answer, deploying },
        ]),
      );
    await account.tick(0);
    deploying = true;
    await account.ticks(1, 3);
    account.unreadable.add("web");
    await account.tick(4);
    account.unreadable.clear();
    await account.tick(5);
    deploying = false;
    await account.ticks(6, 7);
    const since = "2026-01-01T12:01:00.000Z";
    const why = "a deployment is running";
    expect(told(account, "interlock.opened")).toEqual([
      { minute: 1, target: "web", interlock: "deployment", since, why },
    ]);
    expect(told(account, "interlock.closed")).toEqual([{ minute: 6, target: "web", interlock: "deployment", since }]);
    wellFormed(account);
  });
});

describe("what a person should know", () => {
  it("is told once an hour while it lasts", async () => {
    const account = createAccount({ web: following("web", { max: 12 }) });
    account.load.set("web", 300);
    await account.ticks(0, 125);
    const all = told(account, "attention.raised");
    expect(all.filter(({ kind }) => kind === "at-maximum").map(({ minute }) => minute)).toEqual([0, 60, 120]);
    expect(all.filter(({ kind }) => kind === "blocked").map(({ minute }) => minute)).toEqual([61, 121]);
    wellFormed(account);
  });

  it.each<{ what: string; kind: string; spoil: (account: Account) => void }>([
    {
      what: "its capacity cannot be set",
      kind: "change-not-made",
      spoil: (account) => {
        account.load.set("web", 150);
        account.world.capacities.set = async () => {
          throw new Denied("not yours");
        };
      },
    },
    {
      what: "its capacity cannot be read",
      kind: "capacity-unreadable",
      spoil: ({ unreadable }) => unreadable.add("web"),
    },
    { what: "its metric is gone", kind: "running-blind", spoil: ({ load }) => load.delete("web") },
  ])("is that for ten minutes $what", async ({ kind, spoil }) => {
    const account = createAccount();
    await account.ticks(0, 4);
    spoil(account);
    await account.ticks(5, 80);
    const minutes = told(account, "attention.raised").map(({ minute, kind }) => [kind, minute]);
    expect(minutes).toEqual([
      [kind, 15],
      [kind, 75],
    ]);
    wellFormed(account);
  });

  it("is told again when the tick died before it was remembered", async () => {
    const account = createAccount({ web: following("web", { max: 12 }) });
    account.load.set("web", 300);
    const lost = account.tick(0, failing("shards.save", new Error("what?")));
    await expect(lost).rejects.toThrow("what?");
    await account.ticks(1, 3);
    expect(told(account, "attention.raised").map(({ minute }) => minute)).toEqual([0, 1]);
  });
});

describe("a change", () => {
  it("that was made while the bus did not listen is told by the tick that resolves its claim", async () => {
    const account = createAccount();
    account.load.set("web", 150);
    await expect(account.tick(0, failing("publish", new Error("slow down")))).rejects.toThrow("slow down");
    expect(account.published).toEqual([]);
    expect(await account.row()).toMatchObject({ claim: { to: 15 } });
    await account.ticks(1, 2);
    expect(told(account, "capacity.changed")).toMatchObject([{ minute: 0, target: "web", from: 10, to: 15 }]);
    expect(await account.row()).toMatchObject({ claim: null });
    wellFormed(account);
  });

  it("and everything else that a busy hour brings is as its schema says", async () => {
    const account = createAccount({
      web: following("web", { max: 12 }),
      api: following("api", { mode: "observe" }),
      shop: following("shop", { mode: "floor" }),
    });
    for (let count = 0; count < 30; count += 1) {
      for (const id of ["web", "api", "shop"]) account.load.set(id, 100 + 90 * Math.sin(count));
      await account.tick(count);
    }
    wellFormed(account);
    const types = new Set(account.published.map(({ type }) => type));
    expect([...types].sort()).toEqual([
      "headroom.attention.raised",
      "headroom.capacity.changed",
      "headroom.capacity.recommended",
    ]);
  });
});

describe("what waits for its turn", () => {
  it("is recorded as waiting, keeps its place and not its number, and is not told as done", async () => {
    const ids = Array.from({ length: 52 }, (_, index) => `t${index}`);
    const account = createAccount(Object.fromEntries(ids.map((id) => [id, following(id)])));
    for (const id of ids) account.load.set(id, 200);
    account.load.set("t50", 150);
    account.load.set("t51", 140);
    await account.tick(0);
    expect(account.changes).toHaveLength(50);
    expect((await account.record(0, "t51"))?.outcome).toEqual({ is: "waiting" });
    expect((await account.memory("t51"))?.waitingSince).toBe(minute(0));
    account.load.set("t51", 120);
    await account.tick(1);
    expect(account.changes.slice(50)).toEqual([
      { id: "t50", from: 10, to: 15 },
      { id: "t51", from: 10, to: 12 },
    ]);
    expect((await account.memory("t51"))?.waitingSince).toBeNull();
    expect(told(account, "capacity.changed")).toHaveLength(52);
  });

  it("is not left to a claim: another tick may take it up", async () => {
    const account = createAccount();
    account.load.set("web", 150);
    await account.tick(
      0,
      justBefore("targets.claim", () => account.clock.pass(1)),
    );
    expect(await account.row()).toMatchObject({ claim: null });
  });
});

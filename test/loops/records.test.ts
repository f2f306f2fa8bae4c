import { decide } from "@headroom/decisions/decide";
import { Throttled } from "@headroom/decisions/errors";
import { memorySpan } from "@headroom/decisions/memory";
import type { Lease } from "@headroom/decisions/model";
import type { OutgoingEvent } from "@headroom/loops/world";
import { describe, expect, it } from "vitest";
import { draining, MINUTE, metric, nameOf, pinned, tracking } from "../builders/decisions.ts";
import { type Account, createAccount, failing, following, justBefore, minute, SHARD } from "./world.ts";

async function minutesRecorded(account: Account, id = "web"): Promise<number[]> {
  const records = await account.stores.records.list(id, { from: minute(0), to: minute(99), limit: 99 });
  return records.map(({ input }) => (input.at - minute(0)) / MINUTE).reverse();
}

function minutesIn({ metadata }: OutgoingEvent): number {
  return (Date.parse(metadata.at) / 1000 - minute(0)) / MINUTE;
}

describe("a full record is kept", () => {
  it("at first, and every 15 minutes while nothing changes", async () => {
    const account = createAccount();
    await account.ticks(0, 31);
    expect(await minutesRecorded(account)).toEqual([0, 15, 30]);
  });

  it("whenever something is done, and when the reason is another one", async () => {
    const account = createAccount();
    await account.ticks(0, 2);
    account.load.set("web", 150);
    await account.ticks(3, 5);
    account.load.delete("web");
    await account.ticks(6, 8);
    account.load.set("web", 150);
    await account.ticks(9, 11);
    expect(await minutesRecorded(account)).toEqual([0, 3, 4, 6, 9]);
    await account.ticks(12, 24);
    expect((await minutesRecorded(account)).at(-1)).toBe(24);
  });

  it("of each attempt that was not done", async () => {
    const account = createAccount();
    account.load.set("web", 150);
    for (const count of [0, 1]) await account.tick(count, failing("capacities.set", new Throttled("slow down")));
    expect(await minutesRecorded(account)).toEqual([0, 1]);
  });

  it("with everything that the decision came from: it replays", async () => {
    const account = createAccount();
    await account.ticks(0, 3);
    account.load.set("web", 150);
    await account.ticks(4, 7);
    for (const count of [0, 4, 5]) {
      const record = await account.record(count);
      if (record === undefined) throw new Error("there is no record");
      const { outcome, ...decided } = record;
      expect(decide(record.input)).toEqual(decided);
      expect(outcome.is).toBe(count === 4 ? "done" : "none");
    }
  });
});

describe("events", () => {
  it("tell of a change once, with its reasons in sentences", async () => {
    const account = createAccount();
    await account.tick(0);
    account.load.set("web", 150);
    await account.ticks(1, 20);
    const sentence =
      "App web {} Average 60s is 150 at 10 a unit: 15 units' worth, so 15 units are needed and 10 are set.";
    expect(account.published).toEqual([
      {
        type: "headroom.capacity.changed",
        metadata: { version: 1, id: `web@${minute(1)}`, at: "2026-01-01T12:01:00.000Z", fleet: "shop" },
        data: { target: "web", sets: "capacity", from: 10, to: 15, reasons: [{ code: "aboveTarget", sentence }] },
      },
    ]);
  });

  it("tell of no change that was not made", async () => {
    const account = createAccount();
    account.load.set("web", 150);
    await account.tick(0, failing("capacities.set", new Throttled("slow down")));
    expect(account.published).toEqual([]);
  });

  it("of observe mode tell what would be done when that is new, and every 15 minutes", async () => {
    const account = createAccount({ web: following("web", { mode: "observe" }) });
    await account.ticks(0, 2);
    account.load.set("web", 150);
    await account.ticks(3, 19);
    expect(account.published.map((event) => [event.type, minutesIn(event)])).toEqual([
      ["headroom.capacity.recommended", 3],
      ["headroom.capacity.recommended", 18],
    ]);
    expect(account.published[0]).toMatchObject({
      metadata: { id: `web@${minute(3)}` },
      data: { target: "web", from: 10, to: 15, reasons: [{ code: "aboveTarget" }, { code: "observing" }] },
    });
    expect(account.changes).toEqual([]);
  });

  it("of observe mode tell when something else would be done", async () => {
    const account = createAccount({ web: following("web", { mode: "observe" }) });
    account.load.set("web", 150);
    await account.ticks(0, 1);
    account.load.set("web", 50);
    await account.ticks(2, 3);
    expect(account.published.map((event) => [minutesIn(event), event.data.to])).toEqual([
      [0, 15],
      [2, 5],
    ]);
  });
});

describe("what a shard remembers", () => {
  it("is every look, as far back as the settings need", async () => {
    const account = createAccount();
    await account.ticks(0, 2);
    expect((await account.memory())?.ring).toEqual(
      [0, 1, 2].map((count) => ({ at: minute(count), proposal: 10, desired: 10, running: 10, ready: 10 })),
    );
    const web = account.fleet.targets.web;
    const span = web === undefined ? Number.NaN : memorySpan(web, MINUTE);
    await account.ticks(3, 40);
    const ring = (await account.memory())?.ring ?? [];
    expect(ring[0]?.at).toBe(minute(40) - span);
    expect(ring).toHaveLength(span / MINUTE + 1);
  });

  it("has a gap where the capacity could not be read", async () => {
    const account = createAccount();
    await account.tick(0);
    account.unreadable.add("web");
    await account.tick(1);
    account.unreadable.clear();
    await account.tick(2);
    expect((await account.memory())?.ring.map(({ at }) => at)).toEqual([minute(0), minute(2)]);
  });

  it("is of the fleet as it is now", async () => {
    const account = createAccount({ web: following("web"), api: following("api") });
    await account.tick(0);
    Reflect.deleteProperty(account.fleet.targets, "api");
    await account.tick(1);
    expect(Object.keys((await account.stores.shards.load(SHARD))?.targets ?? {})).toEqual(["web"]);
  });

  it("is of a target with an odd name too", async () => {
    const account = createAccount({ constructor: following("constructor") });
    account.load.set("constructor", 150);
    await account.ticks(0, 1);
    expect(account.changes).toEqual([{ id: "constructor", from: 10, to: 15 }]);
    expect((await account.memory("constructor"))?.ring).toHaveLength(2);
  });

  it("is what the newest tick saw", async () => {
    const account = createAccount();
    const newer = justBefore("shards.save", () => account.tick(1));
    expect(await account.tick(0, newer)).toMatchObject({ is: "ticked" });
    expect(await account.stores.shards.load(SHARD)).toMatchObject({ at: minute(1) });
  });
});

describe("a look", () => {
  it("asks each question once, for all targets, and as far back as it must", async () => {
    const zeroWhile = { source: "cloudwatch" as const, namespace: "App", metric: "alive", statistic: "Sum" as const };
    const account = createAccount({
      web: following("web", { policies: [tracking({ signals: [metric("load"), metric("errors", { zeroWhile })] })] }),
      api: following("api", { policies: [tracking({ signals: [metric("load")] }), draining()] }),
      old: following("old", {
        policies: [tracking({ signals: [metric("slow", { period: "5m", maxAge: "20m", delay: "1m" })] })],
      }),
    });
    const asked: [string[], number][] = [];
    const { read } = account.world.signals;
    account.world.signals.read = async (signals, since) => {
      asked.push([signals.map(nameOf), since]);
      return read(signals, since);
    };
    await account.tick(0);
    const names = ["load", "errors", "alive", "jobs", "NumberOfMessagesSent", "slow"];
    expect(asked).toEqual([[names, minute(0) + 2 - (1200 + 60 + 600)]]);
  });

  it("knows the leases that concern the target", async () => {
    const account = createAccount({ web: following("web"), api: following("api") });
    const leases: Lease[] = [pinned(20), pinned(30, { target: "*" }), pinned(40, { target: "api" })];
    for (const lease of leases) await account.stores.leases.put(lease);
    await account.tick(0);
    expect((await account.record(0))?.input.leases.map(({ target }) => target).sort()).toEqual(["*", "web"]);
    expect(account.changes).toEqual([
      { id: "api", from: 10, to: 40 },
      { id: "web", from: 10, to: 20 },
    ]);
  });

  it("is judged by the clock when the answers were in", async () => {
    const account = createAccount();
    const result = await account.tick(
      0,
      justBefore("signals.read", () => account.clock.pass(7)),
    );
    expect(result).toMatchObject({ records: [{ input: { at: minute(0), now: minute(0) + 9, tick: MINUTE } }] });
  });
});

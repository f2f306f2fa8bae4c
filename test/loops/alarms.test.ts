import { describe, expect, it } from "vitest";
import { alarmFunction } from "#functions/alarm";
import { about, backToOk, named, ofAlarms, ofMetric, withoutData } from "../builders/alarms.ts";
import { MINUTE, metric, tracking } from "../builders/decisions.ts";
import { batchOf, context, keptLog } from "../builders/lambda.ts";
import {
  type Account,
  type Around,
  createAccount,
  failing,
  following,
  justBefore,
  minute,
  surrounded,
} from "./world.ts";

// An alarm says when to look. What it says of the load is not believed, but read again.

const WEB = "headroom/dev/shop/web";
const once = [{ id: "web", from: 10, to: 15 }];

async function rising(changes: Parameters<typeof following>[1] = {}): Promise<Account> {
  const account = createAccount({ web: following("web", changes), api: following("api") });
  await account.ticks(0, 1);
  account.load.set("web", 150);
  account.clock.set(minute(1) + 30);
  return account;
}

function alarmed(account: Account, events: readonly unknown[], around: Around = (_, call) => call()) {
  const { log } = keptLog();
  return alarmFunction(surrounded(account.world, around), account.fleet, log)(batchOf(events), context());
}

const done = { batchItemFailures: [] };

describe("an alarm", () => {
  it("has its target looked at now, and no other", async () => {
    const account = await rising();
    account.load.set("api", 150);
    expect(await alarmed(account, [about(WEB, [])])).toEqual(done);
    expect(account.changes).toEqual(once);
    expect(await account.row()).toMatchObject({ at: minute(1) + 30, claim: null });
    expect(account.published).toMatchObject([{ type: "headroom.capacity.changed", data: { target: "web", to: 15 } }]);
  });

  it("says nothing about load that counts: its target has what it needs", async () => {
    const account = await rising();
    account.load.set("web", 100);
    await alarmed(account, [about(WEB, [minute(0)])]);
    expect(account.changes).toEqual([]);
  });

  it.each([
    ["that is back to OK", named(WEB, backToOk)],
    ["that cannot tell", named(WEB, withoutData)],
    ["of somebody else", ofMetric],
    ["of another fleet", named("headroom/dev/shop2/web")],
    ["of a target that is gone", named("headroom/dev/shop/old")],
    ["with a name that is inherited", named("headroom/dev/shop/constructor")],
    ["of the fleet as a whole", named("headroom/dev/shop/")],
  ])("%s wakes nobody", async (_, event) => {
    const account = await rising();
    const calls: string[] = [];
    await alarmed(account, [event], (port, call) => {
      calls.push(port);
      return call();
    });
    expect(calls).toEqual([]);
  });

  it("of other alarms wakes its target too", async () => {
    const account = await rising();
    await alarmed(account, [named(WEB, ofAlarms)]);
    expect(account.changes).toEqual(once);
  });

  it("makes the datapoints that it names count as settled, for its own target", async () => {
    const slowly = { policies: [tracking({ signals: [metric("web", { delay: "2m" })] })] };
    const account = await rising(slowly);
    await alarmed(account, [about(WEB, []), about("headroom/dev/shop/api", [minute(0)])]);
    expect(account.changes).toEqual([]);
    await alarmed(account, [about(WEB, [minute(0)])]);
    expect(account.changes).toEqual(once);
    const [record] = await account.stores.records.list("web", { from: minute(1), to: minute(2), limit: 1 });
    expect(record?.input.named).toEqual([minute(0)]);
  });

  it("that comes a thousand times is one pass over its targets", async () => {
    const account = await rising();
    account.load.set("api", 200);
    const calls: string[] = [];
    const storm = Array.from({ length: 1000 }, (_, index) => named(index % 2 === 0 ? WEB : "headroom/dev/shop/api"));
    await alarmed(account, storm, (port, call) => {
      calls.push(port);
      return call();
    });
    expect(calls.filter((port) => port === "signals.read")).toHaveLength(1);
    expect(account.changes).toEqual([{ id: "api", from: 10, to: 20 }, ...once]);
  });

  it("that comes twice changes capacity once", async () => {
    const account = await rising();
    await alarmed(account, [named(WEB)]);
    account.clock.pass(3);
    await alarmed(account, [named(WEB)]);
    expect(account.changes).toEqual(once);
    await Promise.all([alarmed(account, [named(WEB)]), alarmed(account, [named(WEB)])]);
    expect(account.changes).toEqual(once);
  });

  it("that fails comes again", async () => {
    const account = await rising();
    const again = await alarmed(account, [named(WEB)], failing("leases.list", new Error("what?")));
    expect(again).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
    account.clock.pass(30);
    expect(await alarmed(account, [named(WEB)])).toEqual(done);
    expect(account.changes).toEqual(once);
  });
});

describe("an alarm and the minute's pass", () => {
  const at = minute(2) + 2;

  it.each([
    ["at once", "shards.load"],
    ["the alarm before the pass claims", "targets.claim"],
    ["the alarm before the pass sets", "capacities.set"],
    ["the alarm after the pass has settled", "shards.save"],
  ] as const)("change capacity once: %s", async (_, port) => {
    const account = await rising();
    await account.tick(
      2,
      justBefore(port, () => alarmed(account, [named(WEB)])),
    );
    expect(account.changes).toEqual(once);
    await account.ticks(3, 4);
    expect(account.changes).toEqual(once);
    expect(await account.row()).toMatchObject({ claim: null, actions: [{ from: 10, to: 15, by: "headroom" }] });
  });

  it("in the other order change capacity once", async () => {
    for (const port of ["signals.read", "targets.claim", "capacities.set", "targets.settle"] as const) {
      const account = await rising();
      account.clock.set(at);
      await alarmed(
        account,
        [named(WEB)],
        justBefore(port, () => account.tick(2)),
      );
      await account.ticks(3, 4);
      expect(account.changes).toEqual(once);
    }
  });

  it("with the same number remember one look more", async () => {
    const account = await rising();
    await alarmed(account, [named(WEB)]);
    await account.tick(2);
    expect(
      (await account.memory())?.ring.map(({ at, desired, proposal }) => [at - minute(0), desired, proposal]),
    ).toEqual([
      [0, 10, 10],
      [MINUTE, 10, 10],
      [MINUTE + 30, 10, 15],
      [2 * MINUTE, 15, 15],
    ]);
  });

  it("do not undo each other: what the alarm raised stays for as long as any raise", async () => {
    const policies = [tracking({ signals: [metric("web", { delay: "2m" })] })];
    const account = await rising({ policies, stabilisation: { in: "2m" } });
    // Datapoints of the last minute settle too late for the pass: it goes on by older ones, which are lower.
    account.world.signals.read = async (asked) => {
      const point = (at: number, value: number) => ({ at, value });
      const points = [0, 1, 2, 3, 4].map((count) => point(minute(count - 3), count === 3 ? 150 : 100));
      return new Map(
        asked.map((signal) => [
          `App ${"metric" in signal ? signal.metric : ""} {} Average 60s`,
          { is: "series", period: MINUTE, points },
        ]),
      );
    };
    await alarmed(account, [about(WEB, [minute(0)])]);
    expect(account.changes).toEqual(once);
    await account.tick(2);
    expect(account.changes).toEqual(once);
  });

  it("tell of the change once, and of nothing else twice", async () => {
    const account = await rising({ max: 12 });
    await alarmed(account, [named(WEB)]);
    await account.ticks(2, 5);
    expect(account.published.map(({ type }) => type)).toEqual([
      "headroom.capacity.changed",
      "headroom.attention.raised",
    ]);
  });

  it("keep a foreign write in mind that the alarm's look noticed", async () => {
    const account = await rising({ foreignWrites: { policy: "restore" as const } });
    account.load.set("web", 100);
    account.units.set("web", 20);
    await alarmed(account, [named(WEB)]);
    expect(account.changes).toEqual([{ id: "web", from: 20, to: 10 }]);
    await account.tick(2);
    const foreign = { at: minute(1) + 30, from: 10, to: 20, by: "foreign" };
    expect((await account.memory())?.actions).toEqual([foreign]);
  });
});

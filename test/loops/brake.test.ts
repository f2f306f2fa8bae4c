import { describe, expect, it } from "vitest";
import { type Account, createAccount, following, minute } from "./world.ts";

// That everything should shrink at once is more often a broken metric than a quiet hour.

function fleetOf(count: number, brake: Parameters<typeof createAccount>[1] = {}): Account {
  const ids = Array.from({ length: count }, (_, index) => `t${index}`);
  return createAccount(Object.fromEntries(ids.map((id) => [id, following(id)])), brake);
}

function fall(account: Account, count: number): void {
  for (let index = 0; index < count; index += 1) account.load.set(`t${index}`, 50);
}

const types = (account: Account) => account.published.map(({ type }) => type);

describe("the fleet brake", () => {
  it("holds all scale-in of a pass that would shrink the fleet too much, and tells it", async () => {
    const account = fleetOf(10);
    await account.tick(0);
    fall(account, 3);
    account.load.set("t9", 150);
    await account.tick(1);
    expect(account.changes).toEqual([{ id: "t9", from: 10, to: 15 }]);
    const record = await account.record(1, "t0");
    expect(record?.decision.reasons.map(({ code }) => code)).toEqual(["belowTarget", "interlockIn"]);
    expect(record?.input.facts.brake).toMatchObject({ on: true, why: expect.stringContaining("15 %") });
    expect(types(account).filter((type) => type === "headroom.attention.raised")).toHaveLength(3);
    expect(account.published.find(({ type }) => type.endsWith("opened"))).toMatchObject({
      data: { target: "t0", interlock: "fleet-brake" },
    });
    expect((await account.record(1, "t5"))?.input.facts).toEqual(undefined);
  });

  it("leaves alone what is no mass event: few targets, or a small share", async () => {
    const account = fleetOf(10);
    fall(account, 2);
    await account.tick(0);
    expect(account.changes).toHaveLength(2);
    const large = fleetOf(40);
    fall(large, 4);
    await large.tick(0);
    expect(large.changes).toHaveLength(4);
  });

  it("leaves small fleets alone: of two targets both may fall", async () => {
    const account = fleetOf(2);
    fall(account, 2);
    await account.tick(0);
    expect(account.changes).toHaveLength(2);
  });

  it("is as tight as the fleet says", async () => {
    const account = fleetOf(10, { fewest: 1, units: 0.01 });
    fall(account, 1);
    await account.tick(0);
    expect(account.changes).toEqual([]);
  });

  it("ends when what set it off does, and says so", async () => {
    const account = fleetOf(10);
    fall(account, 3);
    await account.tick(0);
    fall(account, 0);
    for (const id of ["t0", "t1", "t2"]) account.load.set(id, 100);
    await account.tick(1);
    expect(types(account).filter((type) => type === "headroom.interlock.closed")).toHaveLength(3);
    account.load.set("t0", 50);
    await account.tick(2);
    expect(account.changes).toEqual([{ id: "t0", from: 10, to: 5 }]);
  });

  it("ends by itself after half an hour, whatever the metrics say", async () => {
    const account = fleetOf(10);
    fall(account, 3);
    await account.ticks(0, 30);
    expect(account.changes).toEqual([]);
    await account.ticks(31, 32);
    expect(account.changes).toHaveLength(3);
    expect(types(account).filter((type) => type === "headroom.interlock.opened")).toHaveLength(3);
  });

  it("replays: what it decided is in the records", async () => {
    const account = fleetOf(10);
    fall(account, 3);
    await account.tick(0);
    const records = await account.stores.records.list("t1", { from: minute(0), to: minute(0), limit: 1 });
    expect(records).toMatchObject([{ decision: { is: "hold" }, interlocks: [{ name: "fleet-brake" }] }]);
  });
});

import { Throttled } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import { type Account, createAccount, failing, following, justBefore, minute } from "./world.ts";

// In floor mode only the resource's own minimum is moved. Native scaling does the rest, and AWS takes the minimum back by
// itself when Headroom is gone.

async function floored(): Promise<Account> {
  const account = createAccount({ web: following("web", { mode: "floor", min: 2 }) });
  account.minimums.set("web", { minimum: 2, fallback: null });
  account.load.set("web", 50);
  await account.tick(0);
  return account;
}

describe("the minimum", () => {
  it("follows what is needed, and falls back by itself an hour later", async () => {
    const account = await floored();
    expect(account.minimums.get("web")).toEqual({ minimum: 5, fallback: { to: 2, at: minute(60) } });
    expect(account.changes).toEqual([]);
    expect(await account.row()).toMatchObject({ claim: null, actions: [{ from: 2, to: 5, by: "headroom" }] });
    expect(account.published).toMatchObject([
      { type: "headroom.capacity.changed", data: { sets: "minimum", from: 2, to: 5 } },
    ]);
  });

  it("that stays as it is is kept up: its fallback never comes while Headroom lives", async () => {
    const account = await floored();
    for (let count = 1; count <= 180; count += 1) {
      await account.tick(count);
      expect(account.minimums.get("web")?.fallback?.at).toBeGreaterThan(minute(count + 40));
    }
    expect(account.minimums.get("web")?.minimum).toBe(5);
    // It is no change, so nothing rests because of it and nobody is told.
    expect(account.published).toHaveLength(1);
    expect(await account.row()).toMatchObject({ claim: null });
    expect((await account.memory())?.actions).toEqual([]);
  });

  it("is kept up at the next quarter of an hour when it could not be", async () => {
    const account = await floored();
    await account.ticks(1, 14);
    await account.tick(15, failing("capacities.setMinimum", new Throttled("slow down")));
    await account.ticks(16, 30);
    expect(account.minimums.get("web")?.fallback?.at).toBe(minute(90));
  });

  it("that is at its baseline is left alone", async () => {
    const account = createAccount({ web: following("web", { mode: "floor", min: 5 }) });
    account.minimums.set("web", { minimum: 5, fallback: null });
    account.load.set("web", 50);
    await account.ticks(0, 40);
    expect(account.minimums.get("web")).toEqual({ minimum: 5, fallback: null });
  });

  it("that somebody moved meanwhile is not overwritten", async () => {
    const account = await floored();
    account.load.set("web", 80);
    const other = justBefore("capacities.read", () => account.minimums.set("web", { minimum: 7, fallback: null }), {
      nth: 2,
    });
    await account.tick(1, other);
    expect(account.minimums.get("web")?.minimum).toBe(7);
    expect((await account.record(1))?.outcome).toMatchObject({ is: "notDone" });
  });

  it("that a dead tick moved is found out by its minimum, not by its capacity", async () => {
    const account = await floored();
    account.load.set("web", 80);
    const dead = failing("capacities.setMinimum", new Error("cut off"), { after: true });
    await expect(account.tick(1, dead)).rejects.toThrow("cut off");
    await account.tick(2);
    expect((await account.record(1))?.outcome).toEqual({ is: "done", at: minute(1) + 32 });
    expect(await account.row()).toMatchObject({ claim: null });
  });

  it("that a dead tick was to keep up is no change", async () => {
    const account = await floored();
    await account.ticks(1, 14);
    await expect(account.tick(15, failing("capacities.setMinimum", new Error("cut off")))).rejects.toThrow("cut off");
    await account.ticks(16, 17);
    expect(await account.row()).toMatchObject({ claim: null, actions: [{ from: 2, to: 5 }] });
    expect(account.published).toHaveLength(1);
  });
});

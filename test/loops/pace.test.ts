import { tick } from "@headroom/loops/tick";
import { describe, expect, it } from "vitest";
import { type Account, type Around, createAccount, following, minute, type TargetInput } from "./world.ts";

// Periods are counted from tick to tick, although each change is made some seconds after its tick was due.

/** Each call that sets a capacity takes so long. */
function slowly(account: Account, seconds: number): Around {
  return async (port, call) => {
    if (port === "capacities.set") account.clock.pass(seconds);
    return call();
  };
}

/** What was set after each of some ticks, with load for far more than there is. */
async function climbing(changes: Partial<TargetInput>, ticks: number): Promise<(number | undefined)[]> {
  const account = createAccount({ web: following("web", changes) });
  await account.ticks(0, 1);
  account.load.set("web", 900);
  const set: (number | undefined)[] = [];
  for (let count = 2; count < 2 + ticks; count += 1) {
    await account.tick(count, slowly(account, 0.2));
    set.push(account.units.get("web"));
  }
  return set;
}

describe("a rate", () => {
  it("by the minute lets through as much each minute", async () => {
    const rate = { out: { allow: [{ units: 2, per: "1m" as const }] } };
    expect(await climbing({ rate }, 5)).toEqual([12, 14, 16, 18, 20]);
  });

  it("of three minutes lets through as much every three minutes", async () => {
    const rate = { out: { allow: [{ units: 6, per: "3m" as const }] } };
    expect(await climbing({ rate }, 7)).toEqual([16, 16, 16, 22, 22, 22, 28]);
  });
});

describe("a cool-down", () => {
  it("of two minutes ends after two minutes", async () => {
    const paced = { coolDown: { out: "2m" as const }, rate: { out: { allow: [{ units: 1, per: "1m" as const }] } } };
    expect(await climbing(paced, 5)).toEqual([11, 11, 12, 12, 13]);
  });

  it("after a change that came late is counted from that, and not from the minute that it was meant for", async () => {
    const account = createAccount({ web: following("web", { coolDown: { out: "2m" } }) });
    await account.ticks(0, 1);
    account.load.set("web", 150);
    account.clock.set(minute(2) + 65);
    await tick(account.world, account.fleet, { at: minute(2) });
    expect(account.units.get("web")).toBe(15);
    account.load.set("web", 300);
    await account.tick(4);
    expect(account.units.get("web")).toBe(15);
    await account.tick(5);
    expect(account.units.get("web")).toBe(30);
  });
});

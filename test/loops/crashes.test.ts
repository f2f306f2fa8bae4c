import { describe, expect, it } from "vitest";
import { type Account, dying, minute, rising } from "./world.ts";

// A Lambda may die before or after any of its calls: its promises never settle, and no catch or finally runs.

/** Runs the tick of a minute until it dies in its `nth` call; false when it had fewer calls. */
async function dies(account: Account, count: number, nth: number, when: "before" | "after"): Promise<boolean> {
  const { around, died } = dying(nth, when);
  const ended = account.tick(count, around).then(() => "ended");
  return (await Promise.race([ended, died.then(() => "died")])) === "died";
}

async function expectOneChange(account: Account, last: number) {
  const row = await account.row();
  expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  expect(account.units.get("web")).toBe(15);
  expect(row).toMatchObject({ claim: null });
  expect(row?.actions).toMatchObject([{ from: 10, to: 15, by: "headroom" }]);
  expect((await account.memory())?.actions).toEqual([]);
  const kept = await account.stores.records.list("web", { from: 0, to: minute(last), limit: 99 });
  const scaled = kept.filter(({ decision }) => decision.is === "scale");
  expect(scaled.map(({ outcome }) => outcome.is)).not.toContain("announced");
  const done = scaled.filter(({ outcome }) => outcome.is === "done");
  expect(done).toHaveLength(1);
  // Told at least once, and whenever it is told again under the same id.
  const told = new Set(account.published.map(({ metadata }) => metadata.id));
  expect([...told]).toEqual(done.map(({ input }) => `web@${input.at}`));
}

/** A tick that changes capacity has so many calls, and this one of them sets it. */
const CALLS = 16;
const SET = 10;

const whens = ["before", "after"] as const;
const deaths = whens.flatMap((when) => Array.from({ length: CALLS }, (_, index) => ({ when, nth: index + 1 })));

describe("a tick that dies", () => {
  it("has no more calls than are tried here", async () => {
    expect(await dies(await rising(), 2, CALLS, "before")).toBe(true);
    expect(await dies(await rising(), 2, CALLS + 1, "before")).toBe(false);
  });

  it.each(deaths)("$when its call $nth is made up for within two ticks, and capacity changes once", async (death) => {
    const account = await rising();
    await dies(account, 2, death.nth, death.when);
    await account.ticks(3, 4);
    await expectOneChange(account, 4);
  });

  it.each(deaths)("$when its call $nth, while it resolves a claim after the change, is made up for", async (death) => {
    const account = await rising();
    await dies(account, 2, SET, "after");
    expect(account.changes).toHaveLength(1);
    expect((await account.row())?.claim).not.toBeNull();
    await dies(account, 3, death.nth, death.when);
    await account.ticks(4, 5);
    await expectOneChange(account, 5);
  });

  it("again and again, one call later each time, changes capacity once in the end", async () => {
    const account = await rising();
    let count = 2;
    for (let nth = 1; nth <= CALLS; nth += 1) {
      for (const when of whens) {
        await dies(account, count, nth, when);
        count += 1;
      }
    }
    await account.ticks(count, count + 1);
    await expectOneChange(account, count + 1);
  });
});

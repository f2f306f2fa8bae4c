import type { Resource } from "@headroom/decisions/config/resources";
import { Throttled } from "@headroom/decisions/errors";
import { tick, tickShard } from "@headroom/loops/tick";
import { describe, expect, it } from "vitest";
import { type Account, type Around, createAccount, following, minute, SHARD, type TargetInput } from "./world.ts";

// Everything needs more at once: what is begun is brought to its end, and what does not fit in the time waits.

function several(count: number, prefix: string, resourceOf: (name: string) => Resource): [string, TargetInput][] {
  const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  return names.map((name) => [name, following(name, { resource: resourceOf(name), min: 2 })]);
}

const services = (count: number) =>
  several(count, "e", (service) => ({ kind: "ecs-service", cluster: "shop", service }));

/** As many as one pass may change of each kind. */
const everything = Object.fromEntries([
  ...services(50),
  ...several(50, "a", (group) => ({ kind: "auto-scaling-group", group })),
  ...several(20, "l", (name) => ({ kind: "lambda-provisioned-concurrency", function: name, alias: "live" })),
  ...several(20, "m", (mapping) => ({ kind: "event-source-concurrency", function: "x", mapping })),
]);

async function surging(targets: Record<string, TargetInput>): Promise<Account> {
  const account = createAccount(targets);
  await account.ticks(0, 1);
  for (const id of Object.keys(targets)) account.load.set(id, 200);
  return account;
}

/** Each call to AWS takes so long. The clock knows no calls side by side: they add up. */
function slowly(account: Account, seconds: number): Around {
  return async (port, call) => {
    if (port.startsWith("capacities.")) account.clock.pass(seconds);
    return call();
  };
}

const raised = (account: Account) => account.changes.map(({ id }) => id).sort();
const told = (account: Account) =>
  account.published.filter(({ type }) => type === "headroom.capacity.changed").map(({ data }) => data.target);
const rows = (account: Account) => account.stores.targets.load(Object.keys(account.fleet.targets));

async function waiting(account: Account): Promise<string[]> {
  const memory = await account.stores.shards.load(SHARD);
  return Object.entries(memory?.targets ?? {}).flatMap(([id, { waitingSince }]) => (waitingSince === null ? [] : [id]));
}

describe("a surge of everything", () => {
  it.each([0.1, 0.5])(
    "with calls of %d s ends in time, and what was changed is recorded, told and settled",
    async (seconds) => {
      const account = await surging(everything);
      const result = await account.tick(2, slowly(account, seconds));
      expect(account.world.clock.now() - minute(2)).toBeLessThan(50);
      const changed = raised(account);
      expect(changed.length).toBeGreaterThan(20);
      const records = result.is === "ticked" ? result.records : [];
      expect(records).toHaveLength(140);
      const done = records.filter(({ outcome }) => outcome.is === "done").map(({ input }) => input.target);
      expect(done.sort()).toEqual(changed);
      expect(told(account).sort()).toEqual(changed);
      for (const [id, row] of await rows(account)) {
        expect(row).toMatchObject({ claim: null, actions: [{ decidedAt: minute(2) }] });
        expect(changed).toContain(id);
      }
      expect((await waiting(account)).sort()).toEqual(
        Object.keys(everything)
          .filter((id) => !changed.includes(id))
          .sort(),
      );
      expect((await account.memory("e0"))?.ring.at(-1)?.at).toBe(minute(2));
    },
  );

  it("is over when what waited had its turn", async () => {
    const account = await surging(everything);
    await account.tick(2, slowly(account, 0.1));
    await account.tick(3, slowly(account, 0.1));
    expect(raised(account)).toEqual(Object.keys(everything).sort());
    expect(await waiting(account)).toEqual([]);
    expect(new Set(told(account)).size).toBe(140);
  });

  it("raises the neediest first, whatever kind they are of", async () => {
    const account = await surging(everything);
    for (const id of ["e7", "a7", "l7", "m7"]) account.load.set(id, 900);
    await account.tick(2, slowly(account, 4));
    expect(raised(account)).toEqual(["a7", "e7", "l7", "m7"]);
  });
});

describe("a change that fails", () => {
  it("does not keep the others from being made: the pass fails when they have been", async () => {
    const account = await surging(Object.fromEntries(services(5)));
    let calls = 0;
    const broken: Around = async (port, call) => {
      if (port === "targets.settle") calls += 1;
      if (port === "targets.settle" && calls <= 2) throw new Throttled(`slow down ${calls}`);
      return call();
    };
    const says = "2 changes failed, one of them with: slow down 1";
    await expect(account.tick(2, broken)).rejects.toThrow(says);
    expect(account.changes).toHaveLength(5);
    const open = [...(await rows(account)).values()].filter(({ claim }) => claim !== null);
    expect(open).toHaveLength(2);
    await account.tick(3);
    expect(account.changes).toHaveLength(5);
    for (const row of (await rows(account)).values()) expect(row).toMatchObject({ claim: null, actions: [{}] });
    expect(new Set(told(account)).size).toBe(5);
  });
});

describe("a large fleet in one account and Region", () => {
  it("makes no more calls of an API a tick than one shard would", async () => {
    const account = createAccount(Object.fromEntries(services(300)));
    for (const id of Object.keys(account.fleet.targets)) account.load.set(id, 200);
    account.clock.set(minute(0) + 2);
    await tick(account.world, account.fleet, { at: minute(0) });
    expect(account.sent.length).toBeGreaterThan(1);
    for (const message of account.sent) await tickShard(account.world, account.fleet, message);
    expect(account.changes).toHaveLength(50);
  });
});

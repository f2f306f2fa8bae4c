import { Denied, NotFound, Throttled } from "@headroom/decisions/errors";
import type { Lease } from "@headroom/decisions/model";
import { tick, tickShard } from "@headroom/loops/tick";
import { describe, expect, it } from "vitest";
import { sample } from "#events/shard-due";
import type { Log } from "#functions/edge";
import { shardFunction } from "#functions/shard";
import { tickFunction } from "#functions/tick";
import { paused } from "../builders/decisions.ts";
import { batchOf, context, keptLog } from "../builders/lambda.ts";
import { type Account, type Around, createAccount, failing, following, minute, SHARD, surrounded } from "./world.ts";

// A fleet in several parts: each gets a message of its own, and what happens to one is no matter of the others.

const role = "arn:aws:iam::123456789012:role/headroom";
const [north, south] = [`123456789012/eu-north-1/${role}#0`, `123456789012/sa-east-1/${role}#0`];
const placed = (id: string, region: string) => following(id, { account: "123456789012", region, role });

function world(): Account {
  const account = createAccount({
    web: placed("web", "eu-north-1"),
    api: placed("api", "sa-east-1"),
    jobs: following("jobs"),
  });
  for (const id of ["web", "api", "jobs"]) account.load.set(id, 150);
  account.clock.set(minute(0) + 2);
  return account;
}

const iso = (at: number) => new Date(at * 1000).toISOString();
const bodies = (account: Account) => account.sent.map(({ shard, at }) => ({ ...sample, shard, at: iso(at) }));
const changed = (account: Account) => account.changes.map(({ id }) => id).sort();

/** Seconds for which the queue hides a message that was received, as infra/queues.ts has it. */
const HIDDEN_SECONDS = 300;

/** What the function makes of messages; those that come again do so when the queue shows them again. */
function receive(
  account: Account,
  messages: readonly unknown[],
  { receives = 1, around, log = keptLog().log }: { receives?: number; around?: Around; log?: Log } = {},
) {
  account.clock.pass((receives - 1) * HIDDEN_SECONDS);
  const reached = around === undefined ? account.world : surrounded(account.world, around);
  return shardFunction(reached, account.fleet, log)(batchOf(messages, receives), context());
}

describe("a fleet in several parts", () => {
  it("gets a message for each, and nothing is looked at yet", async () => {
    const account = world();
    const shards = [north, south, SHARD];
    expect(await tick(account.world, account.fleet, { at: minute(0) })).toEqual({ is: "split", at: minute(0), shards });
    expect(account.sent).toEqual(shards.map((shard) => ({ shard, at: minute(0) })));
    expect(account.changes).toEqual([]);
  });

  it("is worked off message by message, each for its own targets", async () => {
    const account = world();
    await tick(account.world, account.fleet, { at: minute(0) });
    const [first, ...others] = bodies(account);
    expect(await receive(account, [first])).toEqual({ batchItemFailures: [] });
    expect(changed(account)).toEqual(["web"]);
    await receive(account, others);
    expect(changed(account)).toEqual(["api", "jobs", "web"]);
    expect((await account.stores.shards.load(north))?.targets).toHaveProperty("web");
    expect(Object.keys((await account.stores.shards.load(south))?.targets ?? {})).toEqual(["api"]);
  });

  it("whose messages cannot be sent fails loudly, and sends them all again", async () => {
    const account = world();
    const lost = surrounded(
      account.world,
      failing("queues.sendShards", new Error("the answer was lost"), { after: true }),
    );
    await expect(tick(lost, account.fleet, { at: minute(0) })).rejects.toThrow("lost");
    await tick(account.world, account.fleet, { at: minute(0) });
    for (const each of bodies(account)) await receive(account, [each]);
    expect(account.changes).toHaveLength(3);
  });

  it("that is too late or too early is not split", async () => {
    const account = world();
    account.clock.set(minute(2));
    expect(await tick(account.world, account.fleet, { at: minute(0) })).toEqual({ is: "superseded", at: minute(0) });
    await expect(tick(account.world, account.fleet, { at: minute(4) })).rejects.toThrow("check who sends it");
    expect(account.sent).toEqual([]);
  });

  it("is told by the function in its log", async () => {
    const account = world();
    const { log, lines } = keptLog();
    await tickFunction(account.world, account.fleet, log)({ at: iso(minute(0)) }, context());
    expect(lines).toMatchObject([["info", "done", { is: "split", shards: [north, south, SHARD] }]]);
  });
});

describe("a message for a part", () => {
  it("that comes twice, or after a newer one, changes nothing more", async () => {
    const account = world();
    const due = { shard: north, at: minute(0) };
    expect(await tickShard(account.world, account.fleet, due)).toMatchObject({ is: "ticked" });
    account.load.set("web", 300);
    expect(await tickShard(account.world, account.fleet, due)).toEqual({ is: "superseded", at: minute(0) });
    expect(changed(account)).toEqual(["web"]);
  });

  it("that fails is buried at once and alone, with its cause: when it came again it would be superseded", async () => {
    const account = world();
    const messages = [north, south].map((shard) => ({ shard, at: iso(minute(0)) }));
    const answer = await receive(account, messages, { around: failing("leases.list", new Denied("not yours")) });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(account.buried).toMatchObject([{ type: "headroom.shard.due", cause: "Denied: not yours" }]);
    expect(account.buried[0]?.body).toContain(north);
    expect(changed(account)).toEqual(["api"]);
  });

  it("that failed is made up for by the next minute's", async () => {
    const account = world();
    const around = failing("leases.list", new Throttled("slow down"));
    await receive(account, [{ shard: north, at: iso(minute(0)) }], { around });
    account.clock.set(minute(1) + 2);
    await receive(account, [{ shard: north, at: iso(minute(1)) }]);
    expect(changed(account)).toEqual(["web"]);
  });

  it("whose letter cannot be buried is not lost: it fails, which is an error of the function", async () => {
    const account = world();
    const around: Around = async (port, call) => {
      if (port === "leases.list" || port === "queues.bury") throw new Denied("not yours");
      return call();
    };
    await expect(receive(account, [{ shard: north, at: iso(minute(0)) }], { around })).rejects.toThrow(Denied);
  });

  it("is counted when its pass has ended, and only then", async () => {
    const account = world();
    const { log, lines } = keptLog();
    const message = { shard: north, at: iso(minute(0)) };
    const passes = () => lines.filter(([, said]) => said === "pass").map(([, , more]) => more);
    await receive(account, [message], { log, around: failing("leases.list", new Denied("not yours")) });
    expect(passes()).toEqual([]);
    await receive(account, [message, message], { log });
    expect(passes()).toMatchObject([{ function: "a-function", Passes: 1, Targets: 1, Scaled: 1, Failed: 0 }]);
    await receive(account, [message], { log, receives: 2 });
    expect(passes()).toHaveLength(1);
  });

  it("that is no message is buried at once, and the others are worked off", async () => {
    const account = world();
    const messages = [
      "{",
      { shard: north },
      { shard: north, at: iso(minute(0)), surprise: 1 },
      { shard: south, at: iso(minute(0)) },
    ];
    expect(await receive(account, messages)).toEqual({ batchItemFailures: [] });
    expect(account.buried.map(({ cause }) => cause)).toEqual([
      "Invalid: the message is not JSON",
      expect.stringContaining("at is missing"),
      expect.stringContaining("surprise (1) is not a known key"),
    ]);
    expect(changed(account)).toEqual(["api"]);
  });

  it("for a part that the fleet no longer has is buried", async () => {
    const account = world();
    const due = { shard: "gone#7", at: minute(0) };
    await expect(tickShard(account.world, account.fleet, due)).rejects.toThrow(NotFound);
    const message = { shard: due.shard, at: iso(due.at) };
    await receive(account, [message]);
    expect(account.buried).toMatchObject([
      { cause: expect.stringContaining("NotFound: The fleet has no shard gone#7") },
    ]);
  });

  it("that is late is superseded: a newer one does the work", async () => {
    const account = world();
    account.clock.set(minute(0) + 91);
    const late = { shard: north, at: iso(minute(0)) };
    expect(await receive(account, [late])).toEqual({ batchItemFailures: [] });
    expect(account.changes).toEqual([]);
  });
});

describe("a lease", () => {
  it("is told to have ended by one part alone", async () => {
    const account = world();
    const leases: Lease[] = [
      paused("in", { target: "*", until: minute(1) }),
      paused("both", { target: "api", until: minute(1) }),
    ];
    for (const lease of leases) await account.stores.leases.put(lease);
    for (const count of [0, 1, 2]) {
      account.clock.set(minute(count) + 2);
      for (const shard of [north, south, SHARD])
        await tickShard(account.world, account.fleet, { shard, at: minute(count) });
    }
    const ended = account.published.filter(({ type }) => type === "headroom.lease.ended");
    expect(ended.map(({ data }) => data.target).sort()).toEqual(["*", "api"]);
  });
});

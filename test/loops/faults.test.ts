import { Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import type { TickResult } from "@headroom/loops/tick";
import { describe, expect, it } from "vitest";
import { createAccount, failing, following, minute } from "./world.ts";

// What cannot be read holds what depends on it, and nothing else.

function gist(result: TickResult) {
  if (result.is !== "ticked") return result.is;
  return Object.fromEntries(
    result.records.map(({ input, decision }) => [
      input.target,
      [decision.is, ...decision.reasons.map(({ code }) => code)],
    ]),
  );
}

function risingPair() {
  const account = createAccount({ web: following("web"), api: following("api") });
  account.load.set("web", 150);
  account.load.set("api", 150);
  return account;
}

describe("a read that fails", () => {
  it("for one capacity holds that target alone", async () => {
    const account = risingPair();
    account.unreadable.add("api");
    expect(gist(await account.tick(0))).toEqual({ web: ["scale", "aboveTarget"], api: ["hold", "capacityFailed"] });
    expect(account.changes).toEqual([{ id: "web", from: 10, to: 15 }]);
  });

  it.each([new Throttled("slow down"), new Denied("not yours"), new NotFound("gone"), new Invalid("what?")])(
    "for all capacities holds all: %s",
    async (error) => {
      const account = risingPair();
      const result = await account.tick(0, failing("capacities.read", error));
      expect(gist(result)).toEqual({ web: ["hold", "capacityFailed"], api: ["hold", "capacityFailed"] });
      expect((await account.record(0))?.decision.reasons).toEqual([
        { code: "capacityFailed", data: { why: `${error.name}: ${error.message}` } },
      ]);
      expect(account.changes).toEqual([]);
    },
  );

  it("for all signals holds all, and says why", async () => {
    const account = risingPair();
    account.load.set("web", 10);
    const result = await account.tick(0, failing("signals.read", new Throttled("slow down")));
    expect(gist(result)).toEqual({ web: ["hold", "failed"], api: ["hold", "failed"] });
    const why = "Throttled: slow down";
    expect((await account.record(0))?.decision.reasons).toMatchObject([{ code: "failed", data: { why } }]);
    expect(account.changes).toEqual([]);
  });

  it("for one signal holds what follows it", async () => {
    const account = risingPair();
    account.load.delete("web");
    expect(gist(await account.tick(0))).toEqual({ web: ["hold", "noData"], api: ["scale", "aboveTarget"] });
  });

  it("for leases ends the tick: they are the operators' word", async () => {
    const account = risingPair();
    const denied = failing("leases.list", new Denied("not yours"));
    await expect(account.tick(0, denied)).rejects.toThrow(Denied);
    expect(account.changes).toEqual([]);
    expect(await account.tick(0)).toMatchObject({ is: "ticked" });
  });

  it.each(["capacities.read", "signals.read", "targets.load", "shards.load"] as const)(
    "in a way that nobody expects ends the tick: %s",
    async (port) => {
      const account = risingPair();
      await expect(account.tick(0, failing(port, new TypeError("what?")))).rejects.toThrow(TypeError);
      expect(account.changes).toEqual([]);
    },
  );
});

describe("an answer that does not come", () => {
  it("is a failure, and holds", async () => {
    const account = risingPair();
    const { world } = account;
    world.capacities.read = async () =>
      new Map([["web", { is: "capacity", at: minute(0), desired: 10, running: 10, ready: 10 }]]);
    world.signals.read = async () => new Map();
    expect(gist(await account.tick(0))).toEqual({ web: ["hold", "failed"], api: ["hold", "capacityFailed"] });
  });
});

describe("a write that fails", () => {
  it("of one claim leaves that target to the next tick, and no other", async () => {
    const account = risingPair();
    await account.tick(0, failing("targets.claim", new Throttled("slow down")));
    expect(account.changes).toHaveLength(1);
    await account.tick(1);
    expect(account.changes).toHaveLength(2);
  });

  it("of one claim that was made after all leaves it to be resolved", async () => {
    const account = risingPair();
    await account.tick(0, failing("targets.claim", new Throttled("slow down"), { after: true }));
    expect(account.changes).toHaveLength(1);
    await account.ticks(1, 1);
    expect(account.changes).toHaveLength(2);
  });

  it.each(["targets.settle", "records.append", "shards.save", "publish"] as const)(
    "ends the tick, and the next one makes up for it: %s",
    async (port) => {
      const account = risingPair();
      await expect(account.tick(0, failing(port, new Throttled("slow down")))).rejects.toThrow(Throttled);
      await account.ticks(1, 2);
      expect(account.changes).toHaveLength(2);
      expect(await account.row("web")).toMatchObject({ claim: null, actions: [{ from: 10, to: 15 }] });
      expect(await account.row("api")).toMatchObject({ claim: null, actions: [{ from: 10, to: 15 }] });
    },
  );
});

import { Conflict } from "@headroom/decisions/errors";
import type { ShardMemory, Stores } from "@headroom/loops/world";
import { expect, test } from "vitest";
import { leasesOf, memoryOf } from "../samples.ts";
import { onlyConflicts } from "./races.ts";

/** What every implementation of `Stores` must do with what shards remember. */
export function shardsContract(store: () => Stores["shards"], fresh: (kind: string) => string): void {
  test("an unknown shard remembers nothing", async () => {
    expect(await store().load(fresh("shard"))).toBeUndefined();
  });

  test("250 targets with an hour of moments each come back as they were", async () => {
    const shard = fresh("shard");
    const entries = Array.from({ length: 250 }, (_, index) => [`service-${index}`, memoryOf(index, 1.8e9)] as const);
    const memory = { at: 1.8e9, targets: Object.fromEntries(entries), leases: leasesOf(1.8e9) };
    await store().save(shard, memory);
    expect(await store().load(shard)).toEqual(memory);
  });

  test("only a newer tick replaces what is remembered", async () => {
    const shard = fresh("shard");
    const at60 = { at: 60, targets: { web: memoryOf(1, 60) }, leases: [] };
    const at61 = { at: 60.5, targets: { api: memoryOf(2, 61) }, leases: [] };
    await store().save(shard, at60);
    await expect(store().save(shard, { at: 60, targets: {}, leases: [] })).rejects.toThrow(Conflict);
    await expect(store().save(shard, { at: 0, targets: {}, leases: [] })).rejects.toThrow(Conflict);
    expect(await store().load(shard)).toEqual(at60);
    await store().save(shard, at61);
    expect(await store().load(shard)).toEqual(at61);
  });

  test("of racing saves for one instant exactly one wins, whole", async () => {
    const shard = fresh("shard");
    const saves = Array.from({ length: 20 }, (_, index) => ({
      at: 60,
      targets: { web: memoryOf(index, 60) },
      leases: [],
    }));
    expect(await onlyConflicts(saves.map((memory) => store().save(shard, memory)))).toBe(1);
    expect(saves).toContainEqual(await store().load(shard));
  });

  test("of racing saves for different instants the newest stays", async () => {
    const shard = fresh("shard");
    const saves = [3, 1, 4, 15, 9, 2, 6].map((at) => ({ at, targets: { web: memoryOf(at, at) }, leases: [] }));
    await onlyConflicts(saves.map((memory) => store().save(shard, memory)));
    expect(await store().load(shard)).toEqual({ at: 15, targets: { web: memoryOf(15, 15) }, leases: [] });
  });

  test("nobody shares an object with the store", async () => {
    const shard = fresh("shard");
    const spoil = (memory: ShardMemory | undefined) => {
      const web = memory?.targets.web;
      for (const moment of web?.ring ?? []) moment.desired = 99;
      for (const action of web?.actions ?? []) action.to = 99;
      if (web?.recorded) web.recorded.code = "spoilt";
      if (web) Object.assign(web, { trustedAt: 99, blockedSince: 99, waitingSince: 99 });
      for (const each of [web?.drainBy, web?.interlocks, web?.told]) if (each) each.spoilt = 99;
      for (const boosts of Object.values(web?.boosts ?? {})) for (const boost of boosts) boost.burn = 99;
      for (const used of web?.usage ?? []) used.unitSeconds = 99;
      for (const lease of memory?.leases ?? []) lease.until = 99;
      memory?.leases.pop();
      if (memory) memory.targets.spoilt = memoryOf(1, 60);
    };
    const targets = { web: { ...memoryOf(0, 60), recorded: { at: 60, code: "atMax" } } };
    const given = { at: 60, targets, leases: leasesOf(60) };
    const expected = structuredClone(given);
    await store().save(shard, given);
    spoil(given);
    const taken = await store().load(shard);
    expect(taken).toEqual(expected);
    spoil(taken);
    expect(await store().load(shard)).toEqual(expected);
  });
}

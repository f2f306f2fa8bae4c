import type { Stores } from "@headroom/loops/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordOf } from "./samples.ts";
import { forecastsContract } from "./stores/forecasts.ts";
import { storesLaws } from "./stores/laws.ts";
import { leasesContract, pin } from "./stores/leases.ts";
import { recordsContract } from "./stores/records.ts";
import { shardsContract } from "./stores/shards.ts";
import { claimOf, targetsContract } from "./stores/targets.ts";

export type Started = { stores: Stores; close(): Promise<void> };

/** Ids that have a meaning somewhere: in keys, in JavaScript, in URLs, in the table's own names. */
const UNUSUAL_IDS = [
  ...["a", "a#b", "a#row", "row", "record#00000000060000", "*", "target#a", "leases"],
  ...["constructor", "__proto__", "toString", "with space", "%2F/..\\", "naïve-日本-😀", `long-${"x".repeat(200)}`],
];

/** What every implementation of `Stores` must do. `start` gives empty ones. */
export function storesContract(name: string, start: () => Promise<Started>, runs: number): void {
  describe(`stores: ${name}`, () => {
    let started: Started;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(() => started.close());

    // One table for all tests: each has targets and shards of its own.
    let used = 0;
    const fresh = (kind = "target") => `${kind}-${++used}`;

    describe("targets", () => {
      targetsContract(() => started.stores.targets, fresh);
    });
    describe("shards", () => {
      shardsContract(() => started.stores.shards, fresh);
    });
    describe("records", () => {
      recordsContract(() => started.stores.records, fresh);
    });
    describe("leases", () => {
      leasesContract(() => started.stores.leases, fresh);
    });
    describe("forecasts", () => {
      forecastsContract(() => started.stores.forecasts, fresh);
    });
    describe("laws", () => {
      storesLaws(() => started.stores, fresh, runs);
    });

    test("unusual ids do not get into each other's way", async () => {
      const { targets, shards, records, leases } = started.stores;
      const ids = UNUSUAL_IDS;
      await Promise.all(ids.map((id, index) => targets.claim(id, claimOf(100 + index))));
      await Promise.all(
        ids.map((id, index) => shards.save(id, { at: 100 + index, targets: {}, leases: [pin(id, index)] })),
      );
      await records.append(ids.map((id, index) => recordOf(id, 60, index)));
      await Promise.all(ids.map((id) => leases.put(pin(id, 7))));
      const rows = await targets.load(ids);
      const all = await leases.list(0);
      for (const [index, id] of ids.entries()) {
        expect(rows.get(id)).toEqual({ target: id, at: 100 + index, claim: claimOf(100 + index), actions: [] });
        expect(await shards.load(id)).toEqual({ at: 100 + index, targets: {}, leases: [pin(id, index)] });
        expect(await records.list(id, { from: 0, to: 1e9, limit: 9 })).toEqual([recordOf(id, 60, index)]);
        expect(all.filter(({ target }) => target === id)).toEqual([pin(id, 7)]);
        await leases.remove(id, "pin");
      }
      expect(rows.size).toBe(ids.length);
    });
  });
}

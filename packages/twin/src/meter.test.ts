import { Conflict } from "@headroom/decisions/errors";
import { type Lease, nothingRemembered } from "@headroom/decisions/model";
import { expect, test } from "vitest";
import { createMeter, meteredStores } from "./meter.ts";
import { memoryStores } from "./stores.ts";

function metered() {
  const meter = createMeter();
  const stores = meteredStores(memoryStores(), meter);
  return { stores, used: () => [meter.used().dynamoReads, meter.used().dynamoWrites] };
}

const claim = { at: 60, sets: "capacity", from: 1, to: 2, until: 120 } as const;

test("a small item costs one unit, read or written, and a missing one costs a read too", async () => {
  const { stores, used } = metered();
  await stores.targets.claim("web", claim);
  expect(used()).toEqual([0, 1]);
  const rows = await stores.targets.load(["web", "api"]);
  expect([...rows.keys()]).toEqual(["web"]);
  expect(used()).toEqual([2, 1]);
});

test("a large item costs a unit for each 1 KB written and each 4 KB read", async () => {
  const { stores, used } = metered();
  const memory = { ...nothingRemembered, drainBy: { ["queue".padEnd(8900, "x")]: 1 } };
  await stores.shards.save("all", { at: 60, targets: { web: memory }, leases: [] });
  expect(used()).toEqual([0, 9]);
  await stores.shards.load("all");
  expect(used()).toEqual([3, 9]);
});

test("a refused write costs what a write costs, and is refused as it was", async () => {
  const { stores, used } = metered();
  await stores.targets.claim("web", claim);
  await expect(stores.targets.claim("web", claim)).rejects.toThrow(Conflict);
  expect(used()).toEqual([0, 2]);
  await stores.targets.settle("web", 60, []);
  expect(used()).toEqual([0, 3]);
});

test("leases cost a write each, and a query for all of them", async () => {
  const { stores, used } = metered();
  const lease: Lease = { kind: "pin", target: "web", capacity: 3, owner: "ann", reason: "sale", until: 900 };
  await stores.leases.put(lease);
  expect(await stores.leases.list(60)).toEqual([lease]);
  expect(await stores.records.list("web", { from: 0, to: 60, limit: 5 })).toEqual([]);
  await stores.leases.remove("web", "pin");
  expect(used()).toEqual([2, 2]);
});

test("counts go on from a snapshot, and nothing else is one", () => {
  const meter = createMeter();
  meter.count("metricsRead", 5);
  const other = createMeter();
  other.restore(JSON.parse(JSON.stringify(meter.used())));
  other.count("metricsRead");
  expect(other.used().metricsRead).toBe(6);
  expect(() => other.restore({ metricsRead: 1 })).toThrow();
});

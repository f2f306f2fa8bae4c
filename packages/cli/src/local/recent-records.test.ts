import { decide } from "@headroom/decisions/decide";
import type { StoredRecord } from "@headroom/decisions/record";
import { describe, expect, it } from "vitest";
import { input } from "../../../../test/builders/decisions.ts";
import { recentRecords } from "./recent-records.ts";

const record = (at: number): StoredRecord => ({ ...decide(input({ at })), outcome: { is: "none" } });
const all = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1000 };

describe("recent records", () => {
  it("are the newest, newest first", async () => {
    const store = recentRecords();
    for (let at = 1; at <= 100; at += 1) await store.append([record(at)]);
    const found = await store.list("web", all);
    expect(found.length).toBeLessThan(20);
    expect(found[0]?.input.at).toBe(100);
    expect(await store.list("web", { from: 98, to: 99, limit: 1 })).toEqual([record(99)]);
    expect(await store.list("other", all)).toEqual([]);
  });

  it("are replaced by those of the same tick", async () => {
    const store = recentRecords();
    await store.append([record(1)]);
    await store.append([{ ...record(1), outcome: { is: "done", at: 2 } }]);
    expect((await store.list("web", all)).map(({ outcome }) => outcome.is)).toEqual(["done"]);
  });
});

import type { StoredRecord, Stores } from "@headroom/loops/world";
import { expect, test } from "vitest";
import { noise, recordOf } from "../samples.ts";

/** What every implementation of `Stores` must do with records. */
export function recordsContract(store: () => Stores["records"], fresh: () => string): void {
  const everything = { from: 0, to: 2e9, limit: 1000 };
  const instants = async (target: string, range: { from: number; to: number; limit: number }) =>
    (await store().list(target, range)).map(({ input }) => input.at);

  test("a record comes back as it was, its reasons and durations too", async () => {
    const target = fresh();
    const records = Array.from({ length: 12 }, (_, index) => recordOf(target, 1.8e9 - index * 60, index));
    expect(new Set(records.map(({ decision }) => decision.is))).toEqual(new Set(["scale", "hold"]));
    await store().append(records);
    expect(await store().list(target, everything)).toEqual(records);
  });

  test("each outcome is kept, and a later one replaces an earlier one", async () => {
    const target = fresh();
    const record = recordOf(target, 60);
    for (const outcome of [
      { is: "none" as const },
      { is: "waiting" as const },
      { is: "announced" as const },
      { is: "notDone" as const, why: "AccessDenied" },
      { is: "done" as const, at: 63 },
    ]) {
      await store().append([{ ...record, outcome }]);
      expect(await store().list(target, everything)).toEqual([{ ...record, outcome }]);
    }
  });

  test("one about which nothing was done leaves what another delivery of the tick did in its place", async () => {
    const target = fresh();
    const record = (at: number, outcome: StoredRecord["outcome"]) => ({ ...recordOf(target, at), outcome });
    const acted = [record(60, { is: "announced" }), record(120, { is: "done", at: 125 })];
    await store().append(acted);
    await store().append([record(60, { is: "none" }), record(120, { is: "waiting" }), record(180, { is: "none" })]);
    expect(await store().list(target, everything)).toEqual([record(180, { is: "none" }), ...acted.toReversed()]);
  });

  test("of two for the same instant in one call the last one counts", async () => {
    const target = fresh();
    const [first, last] = [recordOf(target, 60, 1), recordOf(target, 60, 2)];
    await store().append([first, recordOf(target, 120), last]);
    expect(await store().list(target, { from: 60, to: 60, limit: 9 })).toEqual([last]);
  });

  test("a range includes its ends, is newest first and is cut at the limit", async () => {
    const target = fresh();
    const all = [0, 60, 120, 600, 6000, 1.8e9];
    await store().append(all.map((at) => recordOf(target, at)));
    expect(await instants(target, everything)).toEqual([1.8e9, 6000, 600, 120, 60, 0]);
    expect(await instants(target, { from: 60, to: 600, limit: 9 })).toEqual([600, 120, 60]);
    expect(await instants(target, { from: 61, to: 599, limit: 9 })).toEqual([120]);
    expect(await instants(target, { from: 0, to: 2e9, limit: 2 })).toEqual([1.8e9, 6000]);
    const ever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY };
    expect(await instants(target, ever)).toHaveLength(6);
  });

  test.each([
    ["ends before it starts", { from: 120, to: 60, limit: 9 }],
    ["may hold nothing", { from: 0, to: 2e9, limit: 0 }],
    ["nothing lies in", { from: 61, to: 119, limit: 9 }],
  ])("a range that %s is empty", async (_, range) => {
    const target = fresh();
    await store().append([recordOf(target, 60), recordOf(target, 120)]);
    expect(await store().list(target, range)).toEqual([]);
  });

  test("instants are told apart to the millisecond", async () => {
    const target = fresh();
    await store().append([60, 60.001, 60.5].map((at) => recordOf(target, at)));
    expect(await instants(target, { from: 60.001, to: 61, limit: 9 })).toEqual([60.5, 60.001]);
  });

  test("more records than a batch holds, of several targets, are all kept", async () => {
    const targets = [fresh(), fresh(), fresh()];
    const all = Array.from({ length: 40 }, (_, index) => index * 60);
    await store().append(targets.flatMap((target) => all.map((at) => recordOf(target, at, at))));
    for (const target of targets) expect(await instants(target, everything)).toEqual(all.toReversed());
  });

  test("no records is nothing to do", async () => {
    await store().append([]);
    expect(await store().list(fresh(), everything)).toEqual([]);
  });

  test("big records, more of them than a page holds, come back whole", async () => {
    const target = fresh();
    const big = Array.from({ length: 8 }, (_, index) => {
      const outcome = { is: "notDone" as const, why: noise(300_000, index) };
      return { ...recordOf(target, index * 60), outcome };
    });
    await store().append(big);
    expect(await store().list(target, everything)).toEqual(big.toReversed());
    expect(await instants(target, { ...everything, limit: 7 })).toEqual([420, 360, 300, 240, 180, 120, 60]);
  });

  test("nobody shares an object with the store", async () => {
    const target = fresh();
    const given = recordOf(target, 60);
    await store().append([given]);
    given.decision.reasons.pop();
    given.input.memory.ring.pop();
    const [taken] = await store().list(target, everything);
    expect(taken).toEqual(recordOf(target, 60));
    taken?.decision.reasons.pop();
    expect(await store().list(target, everything)).toEqual([recordOf(target, 60)]);
  });
}

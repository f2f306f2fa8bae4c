import { Conflict } from "@headroom/decisions/errors";
import type { Claim, Stores } from "@headroom/loops/world";
import { expect, test } from "vitest";
import { actionsUntil } from "../samples.ts";
import { onlyConflicts } from "./races.ts";

export function claimOf(at: number, from = 1, to = 2, sets: Claim["sets"] = "capacity"): Claim {
  return { at, sets, from, to, until: at + 30 };
}

/** What every implementation of `Stores` must do with rows of targets. */
export function targetsContract(store: () => Stores["targets"], fresh: () => string): void {
  test("a target that nobody claimed is absent", async () => {
    const [known, unknown] = [fresh(), fresh()];
    await store().claim(known, claimOf(60));
    expect([...(await store().load([unknown, known])).keys()]).toEqual([known]);
    expect(await store().load([])).toEqual(new Map());
  });

  test("a target asked for twice is given once", async () => {
    const target = fresh();
    await store().claim(target, claimOf(60));
    expect((await store().load([target, target])).size).toBe(1);
  });

  test.each(["capacity", "minimum"] as const)(
    "the first claim makes the row, and says what it sets: %s",
    async (sets) => {
      const target = fresh();
      const claim = { at: 60.25, sets, from: 0, to: 7, until: 90.5 };
      await store().claim(target, claim);
      expect(await store().load([target])).toEqual(new Map([[target, { target, at: 60.25, claim, actions: [] }]]));
    },
  );

  test("an open claim keeps others out, newer ones too and however old it is", async () => {
    const target = fresh();
    await store().claim(target, claimOf(60));
    await expect(store().claim(target, claimOf(120))).rejects.toThrow(Conflict);
    await expect(store().claim(target, claimOf(1e9))).rejects.toThrow(Conflict);
    expect((await store().load([target])).get(target)?.claim).toEqual(claimOf(60));
  });

  test.each([
    ["the same", 60],
    ["an older", 59],
  ])("a settled target cannot be claimed for %s instant", async (_, at) => {
    const target = fresh();
    await store().claim(target, claimOf(60));
    await store().settle(target, 60, []);
    await expect(store().claim(target, claimOf(at))).rejects.toThrow(Conflict);
    expect((await store().load([target])).get(target)).toEqual({ target, at: 60, claim: null, actions: [] });
  });

  test("settling ends the claim, replaces what was done before, and lets the next tick in", async () => {
    const target = fresh();
    await store().claim(target, claimOf(60));
    await store().settle(target, 60, actionsUntil(60, 3));
    await store().claim(target, claimOf(120, 2, 5));
    const open = (await store().load([target])).get(target);
    expect(open).toEqual({ target, at: 120, claim: claimOf(120, 2, 5), actions: actionsUntil(60, 3) });
    await store().settle(target, 120, actionsUntil(120, 1));
    const settled = (await store().load([target])).get(target);
    expect(settled).toEqual({ target, at: 120, claim: null, actions: actionsUntil(120, 1) });
  });

  test("only the open claim can be settled, once", async () => {
    const target = fresh();
    await expect(store().settle(target, 60, [])).rejects.toThrow(Conflict);
    expect(await store().load([target])).toEqual(new Map());
    await store().claim(target, claimOf(60));
    await expect(store().settle(target, 59, actionsUntil(60, 1))).rejects.toThrow(Conflict);
    await expect(store().settle(target, 61, actionsUntil(60, 1))).rejects.toThrow(Conflict);
    expect((await store().load([target])).get(target)).toEqual({ target, at: 60, claim: claimOf(60), actions: [] });
    await store().settle(target, 60, []);
    await expect(store().settle(target, 60, actionsUntil(60, 1))).rejects.toThrow(Conflict);
    expect((await store().load([target])).get(target)?.actions).toEqual([]);
  });

  test.each([
    ["for one instant", () => 60],
    ["for different instants", (index: number) => 60 + index],
  ])("of 20 racing claims %s exactly one wins", async (_, atOf) => {
    const target = fresh();
    const claims = Array.from({ length: 20 }, (_, index) => claimOf(atOf(index), 1, index));
    expect(await onlyConflicts(claims.map((claim) => store().claim(target, claim)))).toBe(1);
    expect(claims).toContainEqual((await store().load([target])).get(target)?.claim);
  });

  test("of racing settlements exactly one wins", async () => {
    const target = fresh();
    await store().claim(target, claimOf(60));
    const calls = [1, 2, 3].map((count) => store().settle(target, 60, actionsUntil(60, count)));
    expect(await onlyConflicts(calls)).toBe(1);
  });

  test("more targets than a batch holds are all there", async () => {
    const targets = Array.from({ length: 120 }, () => fresh());
    await Promise.all(targets.map((target, index) => store().claim(target, claimOf(index))));
    const rows = await store().load(targets);
    expect(targets.map((target) => rows.get(target)?.at)).toEqual(targets.map((_, index) => index));
  });

  test("nobody shares an object with the store", async () => {
    const target = fresh();
    const [claim, actions] = [claimOf(60), actionsUntil(60, 1)];
    await store().claim(target, claim);
    claim.to = 99;
    const opened = (await store().load([target])).get(target);
    if (opened?.claim) opened.claim.to = 98;
    expect((await store().load([target])).get(target)?.claim).toEqual(claimOf(60));
    await store().settle(target, 60, actions);
    for (const action of actions) action.to = 99;
    const settled = (await store().load([target])).get(target);
    for (const action of settled?.actions ?? []) action.to = 98;
    settled?.actions.pop();
    expect((await store().load([target])).get(target)?.actions).toEqual(actionsUntil(60, 1));
  });
}

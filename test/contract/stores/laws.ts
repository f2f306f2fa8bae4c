import { Conflict } from "@headroom/decisions/errors";
import type { Action, Lease } from "@headroom/decisions/model";
import type { Stores, TargetRow } from "@headroom/loops/world";
import fc from "fast-check";
import { expect, test } from "vitest";
import { actionsUntil, memoryOf, recordOf } from "../samples.ts";
import { claimOf } from "./targets.ts";

/** Fixed, so that a run repeats. */
const SEED = 20_260_101;
const instant = fc.integer({ min: 0, max: 12 });

type Step = { does: "claim"; at: number; to: number } | { does: "settle"; at: number; count: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant("claim" as const), at: instant, to: fc.nat(9) }),
  fc.record({ does: fc.constant("settle" as const), at: instant, count: fc.nat(3) }),
);

/** The row after a step, or undefined when the step must be refused. */
function after(target: string, row: TargetRow | undefined, step: Step): TargetRow | undefined {
  const actions: Action[] = row?.actions ?? [];
  if (step.does === "claim") {
    if (row !== undefined && (row.claim !== null || row.at >= step.at)) return undefined;
    return {
      target,
      at: step.at,
      claim: claimOf(step.at, 1, step.to, step.to % 2 === 0 ? "capacity" : "minimum"),
      actions,
    };
  }
  if (row?.claim?.at !== step.at) return undefined;
  return { ...row, claim: null, actions: actionsUntil(step.at, step.count) };
}

function perform(targets: Stores["targets"], target: string, step: Step): Promise<void> {
  if (step.does === "claim")
    return targets.claim(target, claimOf(step.at, 1, step.to, step.to % 2 === 0 ? "capacity" : "minimum"));
  return targets.settle(target, step.at, actionsUntil(step.at, step.count));
}

async function accepted(call: Promise<void>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(Conflict);
    return false;
  }
}

const granted = { target: "", owner: "ada", reason: "test" };
const lease: fc.Arbitrary<Lease> = fc.oneof(
  fc.tuple(fc.nat(99), instant).map(([capacity, until]) => ({ kind: "pin" as const, capacity, until, ...granted })),
  instant.map((until) => ({ kind: "pause" as const, direction: "in" as const, until, ...granted })),
);

/** Any sequence of calls leaves in the stores what a few lines here say it should. */
export function storesLaws(stores: () => Stores, fresh: () => string, runs: number): void {
  const options = { numRuns: runs, seed: SEED };

  test("a row is what its history of claims and settlements makes of it", async () => {
    const law = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const target = fresh();
      let row: TargetRow | undefined;
      for (const each of steps) {
        const next = after(target, row, each);
        expect(await accepted(perform(stores().targets, target, each))).toBe(next !== undefined);
        row = next ?? row;
      }
      expect((await stores().targets.load([target])).get(target)).toEqual(row);
    });
    await fc.assert(law, options);
  });

  test("a shard remembers the newest of what was saved, in whatever order", async () => {
    const law = fc.asyncProperty(fc.array(instant, { minLength: 1, maxLength: 12 }), async (instants) => {
      const shard = fresh();
      let newest = -1;
      for (const at of instants) {
        const memory = { at, targets: { web: memoryOf(at, at) }, leases: [] };
        expect(await accepted(stores().shards.save(shard, memory))).toBe(at > newest);
        newest = Math.max(newest, at);
      }
      const kept = { at: newest, targets: { web: memoryOf(newest, newest) }, leases: [] };
      expect(await stores().shards.load(shard)).toEqual(kept);
    });
    await fc.assert(law, options);
  });

  test("a range of records is the newest of what was kept last for each instant in it", async () => {
    const batches = fc.array(fc.array(fc.record({ at: instant, seed: fc.nat(40) }), { maxLength: 8 }), {
      maxLength: 4,
    });
    const range = fc.record({ from: instant, to: instant, limit: fc.nat(8) });
    const law = fc.asyncProperty(batches, range, async (kept, { from, to, limit }) => {
      const target = fresh();
      for (const batch of kept) await stores().records.append(batch.map(({ at, seed }) => recordOf(target, at, seed)));
      const last = new Map(kept.flat().map(({ at, seed }) => [at, recordOf(target, at, seed)]));
      const within = [...last].filter(([at]) => from <= at && at <= to).sort(([a], [b]) => b - a);
      const expected = within.slice(0, limit).map(([, record]) => record);
      expect(await stores().records.list(target, { from, to, limit })).toEqual(expected);
    });
    await fc.assert(law, options);
  });

  test("of each kind on each target the last lease counts, until it ends", async () => {
    const law = fc.asyncProperty(fc.array(lease, { maxLength: 8 }), instant, async (leases, now) => {
      const target = fresh();
      for (const each of leases) await stores().leases.put({ ...each, target });
      const last = new Map(leases.map((each) => [each.kind, { ...each, target }]));
      const expected = [...last.values()].filter(({ until }) => until > now).sort((a, b) => (a.kind < b.kind ? -1 : 1));
      const listed = (await stores().leases.list(now)).filter((each) => each.target === target);
      expect(listed).toEqual(expected);
      for (const kind of last.keys()) await stores().leases.remove(target, kind);
    });
    await fc.assert(law, options);
  });
}

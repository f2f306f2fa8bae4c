import { type Fleet, type FleetInput, fleet } from "@headroom/decisions/config/fleet";
import { describe, expect, it } from "vitest";
import { following } from "../../../test/loops/world.ts";
import { shardsOf, shardWith } from "./shards.ts";

type TargetInput = FleetInput["targets"][string];

function fleetOf(targets: Record<string, TargetInput>): Fleet {
  return fleet.decode({ name: "shop", targets });
}

function many(count: number, changes: Partial<TargetInput> = {}, prefix = "t"): Record<string, TargetInput> {
  const ids = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  return Object.fromEntries(ids.map((id) => [id, following(id, changes)]));
}

const shape = (given: Fleet) => shardsOf(given).map(({ name, targets }) => [name, targets.length]);
const roleOf = (account: string) => `arn:aws:iam::${account}:role/headroom`;
const there = { account: "111111111111", role: roleOf("111111111111") };
const [paris, dublin] = [
  { ...there, region: "eu-west-3" },
  { ...there, region: "eu-west-1" },
];

describe("shards", () => {
  it("are one, for a small fleet in one place", () => {
    expect(shape(fleetOf(many(250)))).toEqual([["here/here#0", 250]]);
  });

  it.each([251, 601, 2000])("hold at most 250 of %i targets each, and every target once", (count) => {
    const given = fleetOf(many(count));
    const shards = shardsOf(given);
    expect(Math.max(...shards.map(({ targets }) => targets.length))).toBeLessThanOrEqual(250);
    // On average at least a third full: the ids spread evenly.
    expect(shards.length).toBeLessThan((3 * count) / 250);
    const ids = shards.flatMap(({ targets }) => targets.map(({ id }) => id));
    expect(ids.sort()).toEqual(Object.keys(given.targets).sort());
    expect(new Set(shards.map(({ name }) => name)).size).toBe(shards.length);
    expect(shards.map(({ parts }) => parts)).toEqual(shards.map(() => shards.length));
  });

  it("have their targets in the order of the fleet", () => {
    const given = fleetOf(many(300));
    const place = new Map(Object.keys(given.targets).map((id, index) => [id, index]));
    for (const { targets } of shardsOf(given)) {
      const places = targets.map(({ id }) => place.get(id) ?? -1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });

  it("are each reached with one role, and know where they are", () => {
    const role = `${paris.role}-too`;
    const shards = shardsOf(fleetOf({ ...many(1, paris, "p"), ...many(1, { ...paris, role }, "q") }));
    expect(shards.map(({ name, place }) => [name, place])).toEqual([
      [`111111111111/eu-west-3/${paris.role}#0`, paris],
      [`111111111111/eu-west-3/${role}#0`, { ...paris, role }],
    ]);
  });

  it("are each within one account and Region", () => {
    const mixed = fleetOf({
      ...many(2, paris, "p"),
      ...many(3, dublin, "d"),
      ...many(1),
      ...many(1, { ...paris, account: "222222222222", role: roleOf("222222222222") }, "q"),
    });
    expect(shape(mixed)).toEqual([
      [`111111111111/eu-west-3/${paris.role}#0`, 2],
      [`111111111111/eu-west-1/${dublin.role}#0`, 3],
      ["here/here#0", 1],
      [`222222222222/eu-west-3/${roleOf("222222222222")}#0`, 1],
    ]);
  });

  it("are the same for the same fleet, read anew", () => {
    const targets = { ...many(300, paris, "p"), ...many(300, dublin, "d") };
    expect(shardsOf(fleetOf(structuredClone(targets)))).toEqual(shardsOf(fleetOf(targets)));
  });

  it("count only the parts of their own account and Region", () => {
    const mixed = fleetOf({ ...many(300, paris, "p"), ...many(3, dublin, "d") });
    expect(shardsOf(mixed).map(({ parts }) => parts)).toEqual([2, 2, 1]);
  });

  it("tell in which one a target is", () => {
    const given = fleetOf(many(300));
    const names = Object.keys(given.targets).map((id) => shardWith(given, id));
    for (const [index, shard] of names.entries()) {
      expect(shard?.targets.map(({ id }) => id)).toContain(`t${index}`);
    }
    expect(shardWith(given, "nobody")).toBeUndefined();
  });
});

describe("a change of the fleet", () => {
  const placesOf = (targets: Record<string, TargetInput>) =>
    new Map(shardsOf(fleetOf(targets)).flatMap((shard) => shard.targets.map(({ id }) => [id, shard.name] as const)));
  /** Those that are in another shard than before. */
  function moved(before: Record<string, TargetInput>, after: Record<string, TargetInput>): string[] {
    const [was, is] = [placesOf(before), placesOf(after)];
    return [...was].filter(([id, name]) => is.has(id) && is.get(id) !== name).map(([id]) => id);
  }

  it("moves nobody when a target is added in front, or taken away", () => {
    const before = many(300);
    expect(moved(before, { first: following("first"), ...before })).toEqual([]);
    const { t7, ...after } = before;
    expect(moved(before, after)).toEqual([]);
  });

  it("moves half of a part that gets too large, and nobody else", () => {
    const before = many(250);
    const gone = moved(before, { ...before, ...many(1, {}, "more") });
    expect(gone.length).toBeGreaterThan(80);
    expect(gone.length).toBeLessThan(170);
    const larger = { ...before, ...many(400, paris, "p") };
    expect(moved(larger, { ...larger, ...many(1, {}, "more") })).toEqual(gone);
  });
});

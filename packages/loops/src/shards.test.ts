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
const [paris, dublin] = [
  { account: "111111111111", region: "eu-west-3" },
  { account: "111111111111", region: "eu-west-1" },
];

describe("shards", () => {
  it("are one, for a small fleet in one place", () => {
    expect(shape(fleetOf(many(250)))).toEqual([["here/here#0", 250]]);
  });

  it("hold at most 250 targets each, and every target once, in its order", () => {
    const given = fleetOf(many(601));
    expect(shape(given)).toEqual([
      ["here/here#0", 250],
      ["here/here#1", 250],
      ["here/here#2", 101],
    ]);
    const ids = shardsOf(given).flatMap(({ targets }) => targets.map(({ id }) => id));
    expect(ids).toEqual(Object.keys(given.targets));
  });

  it("are each reached with one role, and know where they are", () => {
    const role = "arn:aws:iam::111111111111:role/headroom";
    const shards = shardsOf(fleetOf({ ...many(1, paris, "p"), ...many(1, { ...paris, role }, "q") }));
    expect(shards.map(({ name, place }) => [name, place])).toEqual([
      ["111111111111/eu-west-3#0", paris],
      [`111111111111/eu-west-3/${role}#0`, { ...paris, role }],
    ]);
  });

  it("are each within one account and Region", () => {
    const mixed = fleetOf({
      ...many(2, paris, "p"),
      ...many(3, dublin, "d"),
      ...many(1),
      ...many(1, { ...paris, account: "222222222222" }, "q"),
    });
    expect(shape(mixed)).toEqual([
      ["111111111111/eu-west-3#0", 2],
      ["111111111111/eu-west-1#0", 3],
      ["here/here#0", 1],
      ["222222222222/eu-west-3#0", 1],
    ]);
  });

  it("are the same for the same fleet, read anew", () => {
    const targets = { ...many(300, paris, "p"), ...many(300, dublin, "d") };
    expect(shardsOf(fleetOf(structuredClone(targets)))).toEqual(shardsOf(fleetOf(targets)));
  });

  it("tell in which one a target is", () => {
    const given = fleetOf(many(251));
    expect(shardWith(given, "t249")?.name).toBe("here/here#0");
    expect(shardWith(given, "t250")?.name).toBe("here/here#1");
    expect(shardWith(given, "nobody")).toBeUndefined();
  });
});

import { Throttled } from "@headroom/decisions/errors";
import type { Addressed } from "@headroom/loops/world";
import { expect, it } from "vitest";
import { NOON } from "../../../../test/builders/decisions.ts";
import { rivalsWatch } from "./rivals.ts";

const target = (id: string): Addressed => ({ id, resource: { kind: "auto-scaling-group", group: id } });
const many = (count: number) => Array.from({ length: count }, (_, index) => target(`t${index}`));

function watched(look: (id: string) => string[]) {
  let now = NOON;
  const looks: string[] = [];
  const watch = rivalsWatch({ now: () => now }, async ({ id }) => {
    looks.push(id);
    return look(id);
  });
  return {
    watch,
    /** Which were looked at since the last time. */
    looked: () => looks.splice(0).sort(),
    pass(seconds: number): void {
      now += seconds;
    },
  };
}

it("is known at once, and looked at again after a quarter of an hour", async () => {
  const { watch, looked, pass } = watched((id) => [`policy of ${id}`]);
  const targets = many(2);
  for (const seconds of [0, 60, 839]) {
    pass(seconds);
    expect(await watch(targets)).toEqual(new Map(targets.map(({ id }) => [id, [`policy of ${id}`]])));
  }
  expect(looked()).toEqual(["t0", "t1"]);
  pass(1);
  await watch(targets);
  expect(looked()).toEqual(["t0", "t1"]);
});

it("of a large fleet is found out a few targets a time, those first that were not looked at for longest", async () => {
  const { watch, looked, pass } = watched(() => []);
  const targets = many(50);
  const first = await watch(targets);
  expect(first.size).toBe(20);
  pass(60);
  await watch(targets);
  expect((await watch(targets)).size).toBe(50);
  expect(looked()).toHaveLength(50);
  pass(840);
  await watch(targets);
  expect(new Set(looked())).toEqual(new Set(first.keys()));
});

it("that cannot be found out is absent, and what was known stays", async () => {
  let fails = true;
  const { watch, pass } = watched((id) => {
    if (fails) throw new Throttled("slow down");
    return [id];
  });
  expect(await watch(many(1))).toEqual(new Map());
  fails = false;
  expect(await watch(many(1))).toEqual(new Map([["t0", ["t0"]]]));
  fails = true;
  pass(3600);
  expect(await watch(many(1))).toEqual(new Map([["t0", ["t0"]]]));
});

it("is another target's in another place", async () => {
  const { watch, looked } = watched((id) => [id]);
  const there = { ...target("t0"), place: { region: "us-east-1" } };
  await watch([target("t0")]);
  await watch([there]);
  expect(looked()).toEqual(["t0", "t0"]);
});

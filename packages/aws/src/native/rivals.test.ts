import type { Addressed } from "@headroom/loops/world";
import { expect, it } from "vitest";
import { NOON } from "../../../../test/builders/decisions.ts";
import { rivalsWatch } from "./rivals.ts";

const target = (id: string): Addressed => ({ id, resource: { kind: "auto-scaling-group", group: id } });
const [web, api] = [target("web"), target("api")];

/** A watch over what `look` says of each; undefined where it could not be found out. */
function watched(look: (id: string) => string[] | undefined) {
  let now = NOON;
  const looks: string[][] = [];
  const watch = rivalsWatch({ now: () => now }, async (targets) => {
    looks.push(targets.map(({ id }) => id));
    return new Map(targets.flatMap(({ id }) => (look(id) === undefined ? [] : [[id, look(id) ?? []] as const])));
  });
  return {
    watch,
    looks,
    pass(seconds: number): void {
      now += seconds;
    },
  };
}

it("is known at once, and looked at again after a quarter of an hour", async () => {
  const { watch, looks, pass } = watched((id) => [`policy of ${id}`]);
  const known = new Map([
    ["web", ["policy of web"]],
    ["api", ["policy of api"]],
  ]);
  for (const seconds of [0, 60, 839]) {
    pass(seconds);
    expect(await watch([web, api])).toEqual(known);
  }
  expect(looks).toEqual([["web", "api"]]);
  pass(1);
  await watch([web, api]);
  expect(looks).toHaveLength(2);
});

it("is asked only about targets that are due", async () => {
  const { watch, looks, pass } = watched(() => []);
  await watch([web]);
  pass(60);
  await watch([web, api]);
  expect(looks).toEqual([["web"], ["api"]]);
});

it("that cannot be found out is absent and asked for again, and what was known stays", async () => {
  let answer: string[] | undefined;
  const { watch, pass } = watched(() => answer);
  expect(await watch([web])).toEqual(new Map());
  answer = ["a policy"];
  expect(await watch([web])).toEqual(new Map([["web", ["a policy"]]]));
  answer = undefined;
  pass(3600);
  expect(await watch([web])).toEqual(new Map([["web", ["a policy"]]]));
});

it("is another target's in another place", async () => {
  const { watch, looks } = watched((id) => [id]);
  await watch([web]);
  await watch([{ ...web, place: { region: "us-east-1" } }]);
  expect(looks).toHaveLength(2);
});

import type { Resource } from "@headroom/decisions/config/resources";
import { describe, expect, it } from "vitest";
import { NOON } from "../../../test/builders/decisions.ts";
import type { Intent } from "./intent.ts";
import { paced } from "./pacing.ts";

const service: Resource = { kind: "ecs-service", cluster: "shop", service: "web" };
const alias: Resource = { kind: "lambda-provisioned-concurrency", function: "pay", alias: "live" };

function intent(
  id: string,
  from: number,
  to: number,
  changes: Partial<Intent> = {},
  resource: Resource = service,
): Intent {
  return {
    target: { id, resource },
    ...{ at: NOON, sets: "capacity", from, to, fallback: { to: 1, at: NOON }, waitingSince: null },
    ...changes,
  };
}

const ids = (intents: readonly Intent[]) => intents.map(({ target }) => target.id);

/** What is done now of one API's intents. */
const order = (...intents: Intent[]) => paced(intents, 1).now.flatMap(ids);

const many = (count: number, name: string, resource: Resource = service) =>
  Array.from({ length: count }, (_, index) => intent(`${name}${index}`, 10, 20, {}, resource));

describe("pacing", () => {
  it("puts the largest relative shortage first, and lowering last whatever its size", () => {
    const intents = [intent("sinks", 100, 1), intent("rises", 10, 11), intent("soars", 10, 30), intent("wakes", 0, 5)];
    expect(order(...intents)).toEqual(["wakes", "soars", "rises", "sinks"]);
  });

  it("makes 50 calls of ECS a pass, 20 of Lambda, and each its own", () => {
    const { now, later } = paced([...many(60, "s"), ...many(25, "a", alias)], 1);
    expect(now.map(({ length }) => length)).toEqual([50, 20]);
    expect(later).toHaveLength(15);
    expect(ids(later).filter((id) => id.startsWith("a"))).toHaveLength(5);
  });

  it.each([
    { parts: 2, calls: 25 },
    { parts: 3, calls: 16 },
    { parts: 70, calls: 1 },
  ])("shares the calls among $parts shards of one account and Region: $calls each", ({ parts, calls }) => {
    const { now, later } = paced(many(60, "s"), parts);
    expect([now.map(({ length }) => length), later.length]).toEqual([[calls], 60 - calls]);
  });

  it("lets scale-in wait when raising takes all calls", () => {
    const raising = Array.from({ length: 50 }, (_, index) => intent(`up${index}`, 100, 101));
    const { later } = paced([intent("down", 100, 1), ...raising], 1);
    expect(ids(later)).toEqual(["down"]);
  });

  it("puts what has waited before what has not, in proportion to its shortage", () => {
    const waited = { waitingSince: NOON - 120 };
    expect(order(intent("new", 10, 15), intent("old", 10, 12, waited))).toEqual(["old", "new"]);
    expect(order(intent("new", 10, 20), intent("old", 10, 12, waited))).toEqual(["new", "old"]);
  });

  it("changes nothing about an intent", () => {
    const given = [intent("a", 1, 2, { waitingSince: NOON - 60 }), intent("b", 3, 2)];
    expect(paced(given, 1).now).toEqual([given]);
  });
});

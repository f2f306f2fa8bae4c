import type { Resource } from "@headroom/decisions/config/resources";
import { describe, expect, it } from "vitest";
import { NOON } from "../../../test/builders/decisions.ts";
import { type Intent, paced } from "./intent.ts";

const service: Resource = { kind: "ecs-service", cluster: "shop", service: "web" };
const alias: Resource = { kind: "lambda-provisioned-concurrency", function: "pay", alias: "live" };

function intent(id: string, from: number, to: number, changes: Partial<Intent> = {}, resource = service): Intent {
  return {
    target: { id, resource },
    ...{ at: NOON, sets: "capacity", from, to, until: NOON, fallback: { to: 1, at: NOON }, waitingSince: null },
    ...changes,
  };
}

const ids = (intents: readonly Intent[]) => intents.map(({ target }) => target.id);

describe("pacing", () => {
  it("puts the largest relative shortage first, and lowering last whatever its size", () => {
    const intents = [intent("sinks", 100, 1), intent("rises", 10, 11), intent("soars", 10, 30), intent("wakes", 0, 5)];
    expect(ids(paced(intents).now)).toEqual(["wakes", "soars", "rises", "sinks"]);
  });

  it("makes 50 calls of ECS a pass, 20 of Lambda, and each its own", () => {
    const services = Array.from({ length: 60 }, (_, index) => intent(`s${index}`, 10, 20));
    const aliases = Array.from({ length: 25 }, (_, index) => intent(`a${index}`, 10, 20, {}, alias));
    const { now, later } = paced([...services, ...aliases]);
    expect([now.length, later.length]).toEqual([70, 15]);
    expect(ids(later).filter((id) => id.startsWith("a"))).toHaveLength(5);
  });

  it("lets scale-in wait when raising takes all calls", () => {
    const raising = Array.from({ length: 50 }, (_, index) => intent(`up${index}`, 100, 101));
    const { later } = paced([intent("down", 100, 1), ...raising]);
    expect(ids(later)).toEqual(["down"]);
  });

  it("puts what has waited before what has not, in proportion to its shortage", () => {
    const waited = { waitingSince: NOON - 120 };
    const first = (...intents: Intent[]) => ids(paced(intents).now)[0];
    expect(first(intent("new", 10, 15), intent("old", 10, 12, waited))).toBe("old");
    expect(first(intent("new", 10, 20), intent("old", 10, 12, waited))).toBe("new");
  });

  it("changes nothing about an intent", () => {
    const given = [intent("a", 1, 2, { waitingSince: NOON - 60 }), intent("b", 3, 2)];
    expect(paced(given).now).toEqual(given);
  });
});

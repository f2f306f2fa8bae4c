import { describe, expect, it } from "vitest";
import { limiting, NOON, settings } from "../../../../test/builders/decisions.ts";
import type { Facts } from "../model.ts";
import { downstream } from "./downstream.ts";

const lagging = { on: true, at: NOON, since: NOON - 60, why: "40 s behind" };
const writer = settings({ guards: { downstream: { database: "orders" } } });
const open = (facts: Facts, given = writer) => downstream.open(limiting({ settings: given, facts }));

describe("the guard of a database", () => {
  it("opens while it is known to lag, and keeps its writers from becoming more", () => {
    expect(open({ lagging: { orders: lagging } })).toBe("orders lags: 40 s behind");
    expect(downstream.restrains).toBe("out");
  });

  it.each<{ what: string; facts: Facts }>([
    { what: "is unknown", facts: {} },
    { what: "is unknown among others", facts: { lagging: { carts: lagging } } },
    { what: "is known not to lag", facts: { lagging: { orders: { ...lagging, on: false } } } },
    { what: "was last known 5 minutes ago", facts: { lagging: { orders: { ...lagging, at: NOON - 301 } } } },
  ])("restrains nothing while it $what", ({ facts }) => {
    expect(open(facts)).toBeUndefined();
  });

  it("believes what was known up to 5 minutes ago", () => {
    expect(open({ lagging: { orders: { ...lagging, at: NOON - 300 } } })).toBeDefined();
  });

  it("concerns nobody who does not write to it", () => {
    expect(open({ lagging: { orders: lagging } }, settings())).toBeUndefined();
  });
});

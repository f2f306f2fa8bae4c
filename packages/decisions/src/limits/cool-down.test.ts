import { describe, expect, it } from "vitest";
import { action, limiting, NOON, remembered, settings } from "../../../../test/builders/decisions.ts";
import type { Action } from "../model.ts";
import { coolDown } from "./cool-down.ts";

type Given = Parameters<typeof settings>[0];

function limited(capacity: number, given: Given, actions: Action[]) {
  return coolDown(capacity, limiting({ settings: settings(given), memory: remembered({ actions }) }));
}

const ago = (seconds: number, from: number, to: number, by: Action["by"] = "headroom") =>
  action(NOON - seconds, from, to, by);

describe("lowering rests", () => {
  const given: Given = { warmUp: "2m", coolDown: { in: "3m" } };
  it.each<{ what: string; actions: Action[]; held: boolean }>([
    { what: "not when nothing changed", actions: [], held: false },
    { what: "after a fall", actions: [ago(179, 12, 10)], held: true },
    { what: "no longer than it should", actions: [ago(180, 12, 10)], held: false },
    { what: "after a rise until that has warmed up as well", actions: [ago(299, 8, 10)], held: true },
    { what: "no longer than that", actions: [ago(300, 8, 10)], held: false },
    { what: "after somebody else's change too", actions: [ago(10, 12, 10, "foreign")], held: true },
    { what: "after the last change, not an earlier one", actions: [ago(900, 6, 8), ago(10, 12, 10)], held: true },
  ])("$what", ({ actions, held }) => {
    expect(limited(9, given, actions)?.capacity).toBe(held ? 10 : undefined);
  });

  it("while what was added warms up, even without a cool-down", () => {
    expect(limited(9, { warmUp: "2m" }, [ago(119, 8, 10)])?.capacity).toBe(10);
    expect(limited(9, { warmUp: "2m" }, [ago(120, 8, 10)])).toBeUndefined();
    expect(limited(9, { warmUp: "2m" }, [ago(0, 12, 10)])).toBeUndefined();
  });

  it("and says until when, and after what", () => {
    expect(limited(9, given, [ago(60, 8, 10)])?.reason).toEqual({
      code: "coolingDownIn",
      data: { until: NOON + 240, changed: NOON - 60, from: 8, to: 10 },
    });
  });
});

describe("raising rests", () => {
  const given: Given = { warmUp: "2m", coolDown: { out: "3m" } };
  it.each<{ what: string; actions: Action[]; held: boolean }>([
    { what: "not when nothing changed", actions: [], held: false },
    { what: "after our own rise", actions: [ago(179, 8, 10)], held: true },
    { what: "no longer than it should: units on their way are in desired", actions: [ago(180, 8, 10)], held: false },
    { what: "not after a fall", actions: [ago(10, 12, 10)], held: false },
    { what: "not after somebody else's rise", actions: [ago(10, 8, 10, "foreign")], held: false },
    { what: "after our last rise, not an earlier one", actions: [ago(900, 6, 8), ago(100, 8, 10)], held: true },
    { what: "after our last rise, whatever followed", actions: [ago(100, 8, 12), ago(10, 12, 10)], held: true },
  ])("$what", ({ actions, held }) => {
    expect(limited(12, given, actions)?.capacity).toBe(held ? 10 : undefined);
  });

  it("not at all by default", () => {
    expect(limited(12, { warmUp: "2m", coolDown: { in: "3m" } }, [ago(0, 8, 10)])).toBeUndefined();
  });

  it("and says until when, and after what", () => {
    expect(limited(12, given, [ago(60, 8, 10)])?.reason).toEqual({
      code: "coolingDownOut",
      data: { until: NOON + 120, changed: NOON - 60, from: 8, to: 10 },
    });
  });
});

it("what is set already does not rest", () => {
  expect(limited(10, { coolDown: { in: "3m", out: "3m" } }, [ago(0, 8, 10)])).toBeUndefined();
});

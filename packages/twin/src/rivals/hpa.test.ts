import { describe, expect, it } from "vitest";
import { viewOf } from "../../../../test/builders/view.ts";
import { hpa, recommended } from "./hpa.ts";
import { createBehaviour } from "./hpa-behaviour.ts";

const bounds = { min: 1, max: 1000, startDelay: 300 };

describe("what HPA recommends", () => {
  it.each([
    ["ceil(10 × 1.3)", { load: 6.5 }, 13],
    ["nothing at 10 % above", { load: 5.5 }, 10],
    ["nothing at 10 % below", { load: 4.5 }, 10],
    ["beyond 10 % above", { load: 5.51 }, 12],
    ["beyond 10 % below", { load: 4.49 }, 9],
    ["without load none, before its minimum", { load: 0 }, 0],
    ["not-ready pods idle on the way up", { load: 9, starting: 5 }, 18],
    ["nothing when with them it is within 10 %", { load: 8, starting: 5 }, 15],
    ["nothing when they turn the direction", { load: 6, starting: 5 }, 15],
    ["not-ready pods not at all on the way down", { load: 3, starting: 5 }, 6],
    ["pods without a sample idle on the way up", { load: 8, served: () => 6 }, 16],
    ["pods without a sample on target on the way down", { load: 2, served: () => 6 }, 8],
  ])("%s", (_, given, expected) => {
    expect(recommended(viewOf(given), 0.5)).toBe(expected);
  });

  it("looks at what was 15 to 30 s ago", () => {
    const at = (from: number, to: number) =>
      recommended(viewOf({ now: 600, load: (at: number) => (at > from && at <= to ? 10 : 5) }), 0.5);
    expect(at(585, 600)).toBe(10);
    expect(at(570, 585)).toBe(20);
    expect(at(555, 570)).toBe(10);
  });
});

describe("HPA's behaviour", () => {
  it.each([
    [1, 100, 5],
    [3, 100, 7],
    [4, 100, 8],
    [10, 100, 20],
    [10, 12, 12],
    [600, 5000, 1000],
  ])("from %d pods towards %d: %d in 15 s", (current, wanted, expected) => {
    expect(createBehaviour(bounds)(wanted, current)).toBe(expected);
  });

  it("goes down to the most of the last 300 s, and then at once", () => {
    const behave = createBehaviour(bounds);
    const wanted = [20, ...Array<number>(20).fill(3)];
    let current = 20;
    const course = wanted.map((each) => (current = behave(each, current)));
    expect(course).toEqual([...Array<number>(20).fill(20), 3]);
  });

  it("keeps to the bounds", () => {
    expect(createBehaviour({ ...bounds, max: 15 })(100, 10)).toBe(15);
    const behave = createBehaviour({ ...bounds, min: 5 });
    expect(behave(0, 10)).toBe(5);
  });

  it("is asked every 15 s", () => {
    const autoscaler = hpa.create(0.5, bounds);
    expect(autoscaler.every).toBe(15);
    expect(autoscaler.decide(viewOf({ load: 8 }))).toBe(16);
  });
});

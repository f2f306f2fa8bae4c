import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "./nearest.ts";

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "abc", 0],
    ["mni", "min", 1],
    ["kitten", "sitting", 3],
    ["perod", "period", 1],
    ["ca", "abc", 3],
  ])("%s to %s is %d", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it("is a distance between at least the difference in length and the longer length, and the same both ways", () => {
    const text = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe("nearest", () => {
  const keys = ["resource", "mode", "min", "max", "warmUp", "policies", "stabilisation", "coolDown"];
  const kinds = ["ecs-service", "auto-scaling-group", "lambda-provisioned-concurrency"];

  it.each([
    ["mni", keys, "min"],
    ["warm_up", keys, "warmUp"],
    ["cooldown", keys, "coolDown"],
    ["policy", keys, "policies"],
    ["stabilization", keys, "stabilisation"],
    ["ecs", kinds, "ecs-service"],
    ["autoScalingGroup", kinds, "auto-scaling-group"],
    ["asg", kinds, "auto-scaling-group"],
    ["avg", ["total", "average"], "average"],
    ["averageOf", ["total", "average"], "average"],
    ["serviceName", ["cluster", "service"], "service"],
  ])("%s means one of %j: %s", (text, candidates, meant) => {
    expect(nearest(text, candidates)).toBe(meant);
  });

  it.each([
    ["banana", keys],
    ["x", keys],
    ["", keys],
    ["predictive", ["target-tracking", "queue"]],
    ["min", []],
    ["q", ["x"]],
    ["sg", kinds],
  ])("%s is near none of %j", (text, candidates) => {
    expect(nearest(text, candidates)).toBeUndefined();
  });

  it("finds a candidate in spite of one slip", () => {
    const slip = fc.record({ key: fc.constantFrom(...keys), at: fc.nat(), letter: fc.constantFrom("q", "z", "") });
    fc.assert(
      fc.property(slip, ({ key, at, letter }) => {
        const place = 1 + (at % (key.length - 1));
        expect(nearest(key.slice(0, place) + letter + key.slice(place + 1), [...keys, "simulation"])).toBe(key);
      }),
    );
  });

  it("takes the first of equally near ones that shares the longer beginning", () => {
    expect(nearest("mix", ["max", "min"])).toBe("min");
  });

  it("compares no more than the beginning of very long text", () => {
    expect(nearest("m".repeat(1_000_000), keys)).toBeUndefined();
  });
});

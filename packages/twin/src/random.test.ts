import { expect, test } from "vitest";
import { stream } from "./random.ts";

function draws(count: number, draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count };
}

test("a stream belongs to its seed and its name", () => {
  const first = (seed: number, name: string) => stream(seed, name).uniform(0, 1);
  expect(first(1, "a")).toBe(first(1, "a"));
  expect(first(1, "a")).not.toBe(first(2, "a"));
  expect(first(1, "a")).not.toBe(first(1, "b"));
});

test("neighbouring seeds have nothing in common", () => {
  const { mean, variance } = draws(
    2000,
    (() => {
      let seed = 0;
      return () => stream(seed++, "x").uniform(0, 1);
    })(),
  );
  expect(mean).toBeCloseTo(0.5, 1);
  expect(variance).toBeCloseTo(1 / 12, 2);
});

test("goes on from a snapshot, even through JSON", () => {
  const random = stream(3, "x");
  random.normal();
  const snapshot = JSON.parse(JSON.stringify(random.snapshot()));
  const expected = [random.normal(), random.poisson(4), random.exponential(2)];
  random.restore(snapshot);
  expect([random.normal(), random.poisson(4), random.exponential(2)]).toEqual(expected);
});

test.each([
  { name: "uniform", draw: (random: ReturnType<typeof stream>) => random.uniform(2, 6), mean: 4, variance: 16 / 12 },
  { name: "normal", draw: (random: ReturnType<typeof stream>) => random.normal(), mean: 0, variance: 1 },
  { name: "exponential", draw: (random: ReturnType<typeof stream>) => random.exponential(3), mean: 3, variance: 9 },
  { name: "small Poisson", draw: (random: ReturnType<typeof stream>) => random.poisson(2.5), mean: 2.5, variance: 2.5 },
  {
    name: "large Poisson",
    draw: (random: ReturnType<typeof stream>) => random.poisson(5000),
    mean: 5000,
    variance: 5000,
  },
  {
    name: "chance",
    draw: (random: ReturnType<typeof stream>) => Number(random.chance(0.2)),
    mean: 0.2,
    variance: 0.16,
  },
])("$name has the mean and the variance that it says", ({ name, draw, mean, variance }) => {
  const random = stream(5, name);
  const seen = draws(20_000, () => draw(random));
  expect(Math.abs(seen.mean - mean)).toBeLessThan(0.05 * Math.sqrt(variance));
  expect(seen.variance / variance).toBeCloseTo(1, 1);
});

test("a Poisson draw of mean 0 is 0", () => {
  expect(stream(1, "x").poisson(0)).toBe(0);
});

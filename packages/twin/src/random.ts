import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import * as z from "zod";

/** Where a stream stands, as plain JSON. */
export const randomState = z.array(z.int()).length(4);
export type RandomState = z.infer<typeof randomState>;

export type Random = {
  /** Between `low` (included) and `high` (excluded). */
  uniform(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  exponential(mean: number): number;
  /** A whole number; above a mean of 50 drawn from the normal distribution, which it resembles there. */
  poisson(mean: number): number;
  snapshot(): RandomState;
  restore(state: RandomState): void;
};

/** Draws as many uniforms as their product needs to fall below `exp(-mean)` (Knuth, TAOCP volume 2, 3.4.1). */
function smallPoisson(mean: number, draw: () => number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = draw(); product > floor; product *= draw()) count += 1;
  return count;
}

/**
 * The stream of random numbers that belongs to a seed and a name. Whoever draws has a name of its own, so that who else
 * draws, and when, changes nothing.
 */
export function stream(seed: number, name: string): Random {
  const digest = createHash("sha256").update(`${seed} ${name}`).digest();
  let generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  const draw = () => uniformFloat64(generator);
  // Box and Muller; 1 - draw() because the logarithm of 0 is infinite.
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

  return {
    uniform: (low, high) => low + (high - low) * draw(),
    chance: (probability) => draw() < probability,
    normal,
    exponential: (mean) => -mean * Math.log(1 - draw()),
    poisson: (mean) =>
      mean > 50 ? Math.max(0, Math.round(mean + Math.sqrt(mean) * normal())) : smallPoisson(mean, draw),
    snapshot: () => [...generator.getState()],
    restore(state) {
      generator = xoroshiro128plusFromState(state);
    },
  };
}

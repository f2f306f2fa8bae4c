import { describe, expect, it } from "vitest";
import { chaosRun } from "./run.ts";

// Two virtual hours in an account where everything goes wrong that can. `npm run test:chaos` does a thousand.

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);

describe("a run of two hours", () => {
  it.each(SEEDS)("does nothing wrong, with seed %i", async (seed) => {
    const run = await chaosRun(seed);
    if (run.wrong.length > 0) throw new Error([`seed ${seed}:`, ...run.wrong, "", ...run.story()].join("\n"));
    // Else it would have shown nothing.
    expect(run.deaths).toBeGreaterThan(5);
    expect(run.changes).toBeGreaterThan(30);
  });

  it("is the same for the same seed", async () => {
    const [first, second] = [await chaosRun(7), await chaosRun(7)];
    expect(first.story()).toEqual(second.story());
  });
});

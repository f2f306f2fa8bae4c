import * as z from "zod";
import type { Cohort } from "./units.ts";

const count = z.int().nonnegative();

/** From `from` on and before `until` units that start never serve, or serve for `lives` seconds and die, again and again. */
const trouble = z.discriminatedUnion("how", [
  z.strictObject({ how: z.literal("neverReady"), from: z.number(), until: z.number() }),
  z.strictObject({ how: z.literal("crashLoop"), from: z.number(), until: z.number(), lives: z.number().positive() }),
]);
export type Trouble = z.infer<typeof trouble>;

const startsState = z.strictObject({
  troubles: z.array(trouble),
  /** Instances of the warm pool that are initialised, and when others will have taken the place of those that left it. */
  warm: count,
  refills: z.array(z.strictObject({ at: z.number(), count })),
});

/** Assumption: of its start-up an initialised instance has only the last quarter before it (boot, and a health check). */
const WARM_SHARE = 0.25;

export type Starts = ReturnType<typeof createStarts>;

/** How units of one target start. */
export function createStarts({ startUp, warmPool = 0 }: { startUp: number; warmPool?: number | undefined }) {
  let state: z.infer<typeof startsState> = { troubles: [], warm: warmPool, refills: [] };

  function refill(second: number): void {
    const due = state.refills.filter(({ at }) => at <= second);
    if (due.length === 0) return;
    state.refills = state.refills.filter(({ at }) => at > second);
    state.warm += due.reduce((sum, { count }) => sum + count, 0);
  }

  function takeWarm(second: number, wanted: number): number {
    refill(second);
    const taken = Math.min(state.warm, wanted);
    if (taken === 0) return 0;
    state.warm -= taken;
    state.refills.push({ at: second + startUp, count: taken });
    return taken;
  }

  function serving(second: number, seconds: number, count: number): Cohort {
    const now = state.troubles.find(({ from, until }) => from <= second && second < until);
    if (now === undefined) return { at: second + seconds, count };
    // Whatever never comes up is replaced until one that was started after the trouble does.
    if (now.how === "neverReady") return { at: now.until + seconds, count };
    return { at: second + seconds, count, lives: now.lives };
  }

  return {
    /** Starts units at a second: when they will serve, and for how long. */
    begin(second: number, count: number): Cohort[] {
      const warm = takeWarm(second, count);
      const cohorts = [serving(second, startUp * WARM_SHARE, warm), serving(second, startUp, count - warm)];
      return cohorts.filter((cohort) => cohort.count > 0);
    },
    trouble(next: Trouble): void {
      state.troubles.push({ ...next });
    },
    snapshot: () => structuredClone(state),
    restore(snapshot: unknown): void {
      state = startsState.parse(snapshot);
    },
  };
}

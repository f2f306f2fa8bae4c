import { type WallClock, wallClockOf } from "./wall-clock.ts";
import { type Open, openAt, type ScheduleWindow } from "./window.ts";

type Policies = readonly (
  | { kind: "schedule"; windows: readonly ScheduleWindow[] }
  | { kind: string; windows?: never }
)[];

/** The strictest floor and ceiling of the windows that are open at `at`. */
export function openBounds(policies: Policies, at: number): Open {
  const clocks = new Map<string, WallClock>();
  // To make a clock takes far longer than to read it.
  const clockOf = (zone: string) => {
    const clock = clocks.get(zone) ?? wallClockOf(zone);
    clocks.set(zone, clock);
    return clock;
  };
  let [floor, ceiling] = [0, Number.POSITIVE_INFINITY];
  for (const { windows = [] } of policies) {
    for (const window of windows) {
      const open = openAt(window, at, clockOf);
      floor = Math.max(floor, open?.floor ?? 0);
      ceiling = Math.min(ceiling, open?.ceiling ?? ceiling);
    }
  }
  return { floor, ceiling };
}

import { type Bounds, clamp } from "../backtest/autoscaler.ts";

// The defaults of Kubernetes' HPA v2 `behavior` (kubernetes/website, horizontal-pod-autoscale; replica_calculator.go):
// down stabilised over 300 s and then free, up not stabilised and at most the larger of 100 % and 4 pods in 15 s.

export const SYNC_SECONDS = 15;
const TOLERANCE = 0.1;
const DOWN_WINDOW_SECONDS = 300;
const UP_PODS = 4;

/** Whether a ratio of usage to target calls for nothing; floats are off by their last digits. */
export function isWithinTolerance(ratio: number): boolean {
  return Math.abs(ratio - 1) <= TOLERANCE + 1e-9;
}

/** What HPA makes of its raw recommendations, one a sync. */
export function createBehaviour(bounds: Bounds): (recommended: number, current: number) => number {
  const recent: number[] = [];
  return (recommended, current) => {
    recent.push(recommended);
    if (recent.length > DOWN_WINDOW_SECONDS / SYNC_SECONDS) recent.shift();
    if (recommended >= current) return clamp(Math.min(recommended, Math.max(2 * current, current + UP_PODS)), bounds);
    return clamp(Math.min(current, Math.max(...recent)), bounds);
  };
}

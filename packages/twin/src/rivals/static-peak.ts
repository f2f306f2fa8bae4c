import { type Contender, clamp } from "../backtest/autoscaler.ts";

/** No scaling: as many units as the busiest minute needs, or that share of them. */
export function staticPeak(peak: number): Contender {
  return {
    policy: "static-peak",
    setting: "share of the peak",
    standard: 1,
    range: [1, 0.02],
    create: (share, bounds) => ({ every: 60, decide: () => clamp(share * peak, bounds) }),
  };
}

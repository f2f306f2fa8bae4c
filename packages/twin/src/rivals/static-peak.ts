import { type Contender, clamp } from "../backtest/autoscaler.ts";

/** No scaling: as many units as the busiest minute needs, or that share of them, from the beginning. */
export function staticPeak(peak: number): Contender {
  return {
    policy: "static-peak",
    rule: "as many as the busiest minute needs, always",
    setting: "share of the peak",
    standard: 1,
    range: [1, 0.02],
    create(share, bounds) {
      const units = clamp(share * peak, bounds);
      return { every: 60, initial: units, decide: () => units };
    },
  };
}

import type { TargetConfig } from "@headroom/decisions/config/settings";

/** The most units that Headroom sets, peaks that a forecast may raise the maximum for included. What is not configured has no end. */
export function mostUnits(target: TargetConfig | undefined): number {
  if (target === undefined) return Number.POSITIVE_INFINITY;
  const { max, policies } = target;
  const peaks = policies.map((policy) => (policy.kind === "predictive" ? (policy.exceedMax?.upTo ?? max) : max));
  return Math.max(max, ...peaks);
}

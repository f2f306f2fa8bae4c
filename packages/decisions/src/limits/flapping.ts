import type { Limit } from "./limit.ts";

/** Capacity does not fall to where a policy would ask for more at once (AWS: `AutoScalingAnticipatedFlapping`). */
export const flapping: Limit = (capacity, { desired, proposals }) => {
  if (capacity >= desired) return undefined;
  let kept = capacity;
  let policy = "";
  for (const each of proposals) {
    if (each.is !== "proposes" || each.breachBelow === undefined || each.breachBelow <= kept) continue;
    kept = Math.min(desired, each.breachBelow);
    policy = each.policy;
  }
  return kept === capacity
    ? undefined
    : { capacity: kept, reason: { code: "flapping", data: { capacity, kept, policy } } };
};

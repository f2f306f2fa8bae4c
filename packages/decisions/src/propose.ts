import type { Boost, Memory, Outlook, Proposed } from "./model.ts";
import type { PolicyContext } from "./policies/policy.ts";
import { askedLast, type PolicySettings, proposalOf } from "./policies/registry.ts";
import { namesOf } from "./policy-names.ts";

type Proposals = { proposals: Proposed[]; drainBy: Record<string, number>; boosts: Record<string, Boost[]> };

function highest(proposals: readonly (Proposed | undefined)[]): number | undefined {
  const capacities = proposals.flatMap((each) => (each?.is === "proposes" ? [each.capacity] : []));
  return capacities.length === 0 ? undefined : Math.max(...capacities);
}

/** Asks every policy, those that look at what others propose last; in the order of the configuration. */
export function propose(
  policies: readonly PolicySettings[],
  context: Omit<PolicyContext, "boosts" | "others" | "outlook">,
  { memory, outlooks }: { memory: Memory; outlooks: Readonly<Record<string, Outlook>> },
): Proposals {
  const names = namesOf(policies);
  const proposals: (Proposed | undefined)[] = policies.map(() => undefined);
  const drainBy: Record<string, number> = {};
  const boosts: Record<string, Boost[]> = {};
  for (const late of [false, true]) {
    const others = late ? highest(proposals) : undefined;
    for (const [index, policy] of policies.entries()) {
      if (askedLast(policy) !== late) continue;
      const name = names[index] ?? policy.kind;
      const own = { boosts: memory.boosts[name] ?? [], outlook: outlooks[name] };
      const result = proposalOf(policy, { ...context, ...own, others });
      Object.assign(drainBy, result.drainBy);
      if (result.boosts !== undefined && result.boosts.length > 0) boosts[name] = result.boosts;
      proposals[index] = { policy: name, ...result.proposal };
    }
  }
  return { proposals: proposals.filter((each) => each !== undefined), drainBy, boosts };
}

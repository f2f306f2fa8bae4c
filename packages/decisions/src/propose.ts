import type { Boost, Memory, Proposed } from "./model.ts";
import type { PolicyContext } from "./policies/policy.ts";
import { askedLast, type PolicySettings, proposalOf } from "./policies/registry.ts";

type Proposals = { proposals: Proposed[]; drainBy: Record<string, number>; boosts: Record<string, Boost[]> };

/** A name for each policy: its kind, numbered from the second of a kind on. */
function namesOf(policies: readonly { kind: string }[]): string[] {
  return policies.map(({ kind }, index) => {
    const earlier = policies.slice(0, index).filter((other) => other.kind === kind).length;
    return earlier === 0 ? kind : `${kind} ${earlier + 1}`;
  });
}

function highest(proposals: readonly (Proposed | undefined)[]): number | undefined {
  const capacities = proposals.flatMap((each) => (each?.is === "proposes" ? [each.capacity] : []));
  return capacities.length === 0 ? undefined : Math.max(...capacities);
}

/** Asks every policy, those that look at what others propose last; in the order of the configuration. */
export function propose(
  policies: readonly PolicySettings[],
  context: Omit<PolicyContext, "boosts" | "others">,
  memory: Memory,
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
      const result = proposalOf(policy, { ...context, boosts: memory.boosts[name] ?? [], others });
      Object.assign(drainBy, result.drainBy);
      if (result.boosts !== undefined && result.boosts.length > 0) boosts[name] = result.boosts;
      proposals[index] = { policy: name, ...result.proposal };
    }
  }
  return { proposals: proposals.filter((each) => each !== undefined), drainBy, boosts };
}

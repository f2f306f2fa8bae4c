import type { LeaseChange, LeaseInForce } from "@headroom/api/answers";
import { time } from "@headroom/decisions/say";

function leaseText(lease: LeaseInForce | null, kind: string): string {
  return lease === null ? `no ${kind}` : `${lease.sentence} ${time(lease.left)} left`;
}

/** What was changed, or would be: before → after. */
export function leaseChangeText({ dryRun, target, kind, before, after }: LeaseChange): string {
  const whom = target === "*" ? "all targets" : target;
  return `${dryRun ? "would change " : ""}${whom}: ${leaseText(before, kind)} → ${leaseText(after, kind)}`;
}

import type { Lease } from "@headroom/decisions/model";
import { instant, units } from "@headroom/decisions/say";
import type { LeaseInForce } from "./answers.ts";
import { iso } from "./instants.ts";

function whatItDoes(lease: Lease): string {
  switch (lease.kind) {
    case "pause":
      return lease.direction === "both" ? "Paused" : `Scaling ${lease.direction} is paused`;
    case "pin":
      return `Pinned at ${units(lease.capacity)}`;
    case "limit":
      return `Kept to ${lease.min ?? "its own minimum"} up to ${lease.max ?? "its own maximum"}`;
  }
}

/** What a lease does, by whose word, until when and why. */
export function leaseSays(lease: Lease): string {
  return `${whatItDoes(lease)} by ${lease.owner} until ${instant(lease.until)}: ${lease.reason}.`;
}

/** A lease as the API tells of it. */
export function leaseInForce(lease: Lease, now: number): LeaseInForce {
  const { kind, target, until } = lease;
  return { kind, target, sentence: leaseSays(lease), until: iso(until), left: Math.max(0, Math.round(until - now)) };
}

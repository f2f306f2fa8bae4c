import { type Combined, combine } from "./combine.ts";
import { signalKey } from "./config/signals.ts";
import { boundsOf } from "./limits/bounds.ts";
import type { LimitContext } from "./limits/limit.ts";
import { limits } from "./limits/registry.ts";
import type { Capacity, DecideInput, Decision, Lease, Limited, Proposed, TickRecord } from "./model.ts";
import type { PolicyContext } from "./policies/policy.ts";
import { proposalOf } from "./policies/registry.ts";
import { trustMetric, trustQueue } from "./trust.ts";

/**
 * Leases that have not ended, those on the target before those on all: of two of a kind the first counts. AWS deletes
 * expired items late.
 */
function leasesFor(input: DecideInput): Lease[] {
  const open = input.leases.filter((lease) => lease.until > input.now);
  const on = (target: string) => open.filter((lease) => lease.target === target);
  return [...on(input.target), ...on("*")];
}

function policyContext(input: DecideInput, capacity: Capacity, leases: Lease[]): PolicyContext {
  const { at, now, tick, settings, memory, answers } = input;
  const { desired, running, ready } = capacity;
  const { max } = boundsOf({ settings, leases });
  return {
    ...{ at, now, tick, desired, running, ready, max, memory },
    warmUp: settings.warmUp,
    metric(signal) {
      const sibling = signal.zeroWhile;
      return trustMetric(signal, answers[signalKey(signal)], now, () =>
        sibling === undefined ? { is: "none" } : trustMetric(sibling, answers[signalKey(sibling)], now),
      );
    },
    queue: (signal) => trustQueue(signal, answers[signalKey(signal)], now),
  };
}

/** A name for each policy: its kind, numbered from the second of a kind on. */
function namesOf(policies: readonly { kind: string }[]): string[] {
  return policies.map(({ kind }, index) => {
    const earlier = policies.slice(0, index).filter((other) => other.kind === kind).length;
    return earlier === 0 ? kind : `${kind} ${earlier + 1}`;
  });
}

function propose(
  input: DecideInput,
  context: PolicyContext,
): { proposals: Proposed[]; drainBy: Record<string, number> } {
  const names = namesOf(input.settings.policies);
  const drainBy: Record<string, number> = {};
  const proposals = input.settings.policies.map((policy, index): Proposed => {
    const result = proposalOf(policy, context);
    Object.assign(drainBy, result.drainBy);
    return { policy: names[index] ?? policy.kind, ...result.proposal };
  });
  return { proposals, drainBy };
}

function limit(combined: Combined, context: LimitContext): { capacity: number; limited: Limited[] } {
  const limited: Limited[] = [];
  let capacity = combined.capacity;
  for (const { name, apply } of limits) {
    const bound = apply(capacity, context);
    if (bound === undefined) continue;
    limited.push({ limit: name, from: capacity, to: bound.capacity, reason: bound.reason });
    capacity = bound.capacity;
  }
  return { capacity, limited };
}

function decision(
  input: DecideInput,
  desired: number,
  capacity: number,
  combined: Combined,
  limited: Limited[],
): Decision {
  const reasons = [...combined.reasons, ...limited.map((each) => each.reason)];
  if (capacity === desired) return { is: "hold", at: desired, recommended: null, reasons };
  if (input.settings.mode === "control") return { is: "scale", from: desired, to: capacity, reasons };
  reasons.push({ code: "observing", data: { recommended: capacity } });
  return { is: "hold", at: desired, recommended: capacity, reasons };
}

function cannotSee(input: DecideInput, why: string): TickRecord {
  const reasons = [{ code: "capacityFailed" as const, data: { why } }];
  return {
    ...{ version: 1, input, proposals: [], combined: null, limits: [] },
    decision: { is: "hold", at: null, recommended: null, reasons },
    drainBy: input.memory.drainBy,
  };
}

/**
 * What to do about one target at one tick, and why. A function of its argument alone: no I/O, no clock, no chance.
 * Trusted readings become proposals, proposals are combined, limits apply in their order, and the mode says whether
 * the result is done or only said. `decide(record.input)` equals `record`.
 */
export function decide(input: DecideInput): TickRecord {
  if (input.capacity.is === "failed") return cannotSee(input, input.capacity.why);
  const leases = leasesFor(input);
  const { desired, ready, running } = input.capacity;
  const { proposals, drainBy } = propose(input, policyContext(input, input.capacity, leases));
  const combined = combine(proposals, desired);
  const { target, at, tick, settings, memory } = input;
  const { capacity, limited } = limit(combined, {
    target,
    at,
    tick,
    settings,
    memory,
    leases,
    desired,
    ready,
    running,
  });
  return {
    ...{ version: 1, input, proposals, combined: combined.capacity, limits: limited },
    decision: decision(input, desired, capacity, combined, limited),
    drainBy,
  };
}

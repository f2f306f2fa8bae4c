import * as z from "zod";
import { capacityDuring, saturated, wholeUnits } from "../capacity.ts";
import { type MetricSignal, metricSignal, signalKey } from "../config/signals.ts";
import type { Proposal } from "../model.ts";
import type { Known } from "../readings.ts";
import type { Reason } from "../reasons.ts";
import { atLeast, blindTo } from "./blind.ts";
import type { PolicyContext, PolicyResult } from "./policy.ts";

const share = z.number().min(0).max(1);

export const settings = z.strictObject({
  kind: z.literal("target-tracking"),
  /** In order of preference: the first that can be trusted is used. */
  signals: z.array(metricSignal).min(1),
  /** Whether the metric is the load of the whole target in a period, or an average over its units. */
  of: z.enum(["total", "average"]),
  /** What one unit should carry, in the unit of the metric. */
  target: z.number().positive(),
  /**
   * Relative distance from the target that calls for nothing, by direction. Upwards none: whoever is to be as rarely short
   * would have to set the target so much lower, and run that much more all day (`npm run bench:scaling`).
   */
  tolerance: z.strictObject({ in: share.default(0.1), out: share.default(0) }).prefault({}),
});
type Settings = z.infer<typeof settings>;

export function signals(policy: Settings): MetricSignal[] {
  return policy.signals;
}

/** Units that the load of a period needs, from below (for raising) and from above (for lowering). */
type Need = { least: number; most: number };

type Found = { signal: MetricSignal; key: string; reading: Known };

function needOf(policy: Settings, { key: signal, reading }: Found, context: PolicyContext): Need | Reason {
  const ratio = saturated(reading.value / policy.target);
  if (policy.of === "total") return { least: ratio, most: ratio };
  const period = { from: reading.at, to: reading.at + reading.period, tick: context.tick };
  const then = capacityDuring([...context.memory.ring, context], period);
  if (then === undefined) return { code: "capacityThenUnknown", data: { signal, at: reading.at } };
  const sampled = reading.units ?? then.running;
  if (sampled === 0) return { code: "noUnitsThen", data: { signal, at: reading.at } };
  // Units that serve not yet count as idle on the way up; units that sent nothing, as exactly on target on the way down.
  return {
    least: saturated(ratio * Math.min(sampled, then.ready)),
    most: saturated(ratio * sampled + Math.max(0, then.running - sampled)),
  };
}

function compare(policy: Settings, need: Need, found: Found, desired: number): Proposal {
  const { key, reading } = found;
  const { tolerance } = policy;
  const data = { signal: key, value: reading.value, target: policy.target, of: policy.of, desired };
  const higher = wholeUnits(need.least);
  const lower = wholeUnits(need.most);
  const proposes = (capacity: number, reason: Reason): Proposal => ({ is: "proposes", capacity, reason });
  if (need.least > desired * (1 + tolerance.out) && higher > desired) {
    return proposes(higher, { code: "aboveTarget", data: { ...data, units: need.least, capacity: higher } });
  }
  const enough = desired * (1 - tolerance.in);
  if (need.most < enough && lower < desired) {
    if (!reading.mayLower) return atLeast(found.signal, reading);
    return proposes(lower, { code: "belowTarget", data: { ...data, units: need.most, capacity: lower } });
  }
  if (need.most < enough) return proposes(desired, { code: "roundedUp", data: { ...data, units: need.most } });
  if (need.least < enough) {
    return proposes(desired, { code: "notAllReported", data: { ...data, units: need.least, most: need.most } });
  }
  const within = need.least > desired ? tolerance.out : tolerance.in;
  return proposes(desired, { code: "withinTolerance", data: { ...data, units: need.least, tolerance: within } });
}

/**
 * Capacity in proportion to load. A total needs `value / target` units. An average needs
 * `capacity in the datapoint's own period × value / target`: never today's capacity times yesterday's value
 * (the form of Kubernetes' HPA, `ceil(current × metric / target)`, with the capacity that the metric was averaged over).
 */
export function propose(policy: Settings, context: PolicyContext): PolicyResult {
  for (const signal of policy.signals) {
    const reading = context.metric(signal);
    if (reading.is !== "value") continue;
    const found = { signal, key: signalKey(signal), reading };
    const need = needOf(policy, found, context);
    if ("code" in need) return { proposal: { is: "blind", reason: need } };
    return { proposal: compare(policy, need, found, context.desired) };
  }
  return { proposal: blindTo(policy.signals, context) };
}

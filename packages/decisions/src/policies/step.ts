import * as z from "zod";
import { capacityDuring, wholeUnits } from "../capacity.ts";
import { type MetricSignal, metricSignal, signalKey } from "../config/signals.ts";
import type { Proposal } from "../model.ts";
import type { Known } from "../readings.ts";
import { atLeast, blindTo } from "./blind.ts";
import type { PolicyContext, PolicyResult } from "./policy.ts";

const change = z.union([
  z.strictObject({ units: z.int() }),
  z.strictObject({ percent: z.number(), atLeast: z.int().positive().default(1) }),
  z.strictObject({ exactly: z.int().nonnegative() }),
]);
type Change = z.infer<typeof change>;

/** From this value on (included) up to that one (excluded): open ends reach on. */
const step = z.strictObject({ from: z.number().optional(), to: z.number().optional(), change });
type Step = z.infer<typeof step>;

function low(each: Step): number {
  return each.from ?? Number.NEGATIVE_INFINITY;
}

function high(each: Step): number {
  return each.to ?? Number.POSITIVE_INFINITY;
}

function checkSteps(steps: Step[], context: z.RefinementCtx): void {
  for (const [index, each] of steps.entries()) {
    if (low(each) >= high(each)) {
      context.addIssue({ code: "custom", path: [index], message: "needs from below to" });
    }
    const clash = steps.findIndex(
      (other, place) => place < index && low(other) < high(each) && low(each) < high(other),
    );
    if (clash >= 0) context.addIssue({ code: "custom", path: [index], message: `overlaps with step ${clash}` });
  }
}

export const settings = z.strictObject({
  kind: z.literal("step"),
  /** In order of preference: the first that can be trusted is used. */
  signals: z.array(metricSignal).min(1),
  /** What to change by how far the metric is off. A value in no step asks for nothing. */
  steps: z.array(step).min(1).superRefine(checkSteps),
});
type Settings = z.infer<typeof settings>;

export function signals(policy: Settings): MetricSignal[] {
  return policy.signals;
}

/**
 * Capacity after a change, rounded as AWS step scaling does: fractions above one towards zero, below one to one
 * (12.7 → 12, 0.67 → 1, −0.58 → −1, −6.67 → −6).
 */
export function changed(base: number, how: Change): number {
  if ("exactly" in how) return how.exactly;
  if ("units" in how) return wholeUnits(base + how.units);
  const exact = (base * how.percent) / 100;
  const size = Math.max(how.atLeast, Math.trunc(Math.abs(exact)));
  return wholeUnits(base + (exact === 0 ? 0 : Math.sign(exact) * size));
}

type Found = { step: Step; signal: MetricSignal; reading: Known };

/** With fewer units each carries more: with this many the value would not be in a step that raises, with one less it would. */
function breachBelow(policy: Settings, { reading }: Found, running: number): number | undefined {
  const raising = policy.steps.filter((each) => low(each) > reading.value && changed(running, each.change) > running);
  if (raising.length === 0) return undefined;
  return Math.min(running, Math.floor((reading.value * running) / Math.min(...raising.map(low))) + 1);
}

function proposal(policy: Settings, found: Found, context: PolicyContext): Proposal {
  const { step: taken, reading } = found;
  const signal = signalKey(found.signal);
  const period = { from: reading.at, to: reading.at + reading.period, tick: context.tick };
  const then = capacityDuring([...context.memory.ring, context], period);
  if (then === undefined) {
    return { is: "blind", reason: { code: "capacityThenUnknown", data: { signal, at: reading.at } } };
  }
  const raises = changed(then.running, taken.change) > then.running;
  // Raising counts what served then, so that units on their way are not asked for twice; lowering counts all there were.
  const base = raises ? wholeUnits(then.ready) : then.running;
  const asked = changed(base, taken.change);
  const lowers = asked < then.running && asked < context.desired && !raises;
  if (lowers && !reading.mayLower) return atLeast(found.signal, reading);
  const data = { signal, value: reading.value, base, capacity: asked, desired: context.desired };
  const capacity = lowers ? asked : Math.max(context.desired, raises ? asked : 0);
  const breach = lowers ? breachBelow(policy, found, then.running) : undefined;
  const proposed = { is: "proposes" as const, capacity, reason: { code: "stepTaken" as const, data } };
  return breach === undefined ? proposed : { ...proposed, breachBelow: breach };
}

/**
 * Adjustments by breach size, as AWS step scaling has them. They count from the capacity of the datapoint's own period,
 * so that a late datapoint is not acted on twice.
 */
export function propose(policy: Settings, context: PolicyContext): PolicyResult {
  for (const signal of policy.signals) {
    const reading = context.metric(signal);
    if (reading.is !== "value") continue;
    const found = policy.steps.find((each) => reading.value >= low(each) && reading.value < high(each));
    if (found !== undefined) return { proposal: proposal(policy, { step: found, signal, reading }, context) };
    const data = { signal: signalKey(signal), value: reading.value };
    return { proposal: { is: "satisfied", reason: { code: "noStep", data } } };
  }
  return { proposal: blindTo(policy.signals, context) };
}

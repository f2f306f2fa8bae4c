import * as z from "zod";
import { saturated, wholeUnits } from "../capacity.ts";
import { duration } from "../config/duration.ts";
import { countedSignal, type MetricSignal, signalKey } from "../config/signals.ts";
import type { Boost, Proposal } from "../model.ts";
import type { Window } from "../readings.ts";
import { blindBecause } from "./blind.ts";
import type { PolicyContext, PolicyResult } from "./policy.ts";

const measure = z.discriminatedUnion("by", [
  /** Counts of requests: those that failed, and all. No datapoint of failures while all report means none failed. */
  z.strictObject({ by: z.literal("errors"), failed: countedSignal, all: countedSignal }),
  /** Periods whose latency (in the metric's unit) is above a value count as bad. */
  z.strictObject({ by: z.literal("latency"), latency: countedSignal, above: z.number().positive() }),
]);

export const settings = z
  .strictObject({
    kind: z.literal("objective"),
    /** The share of requests, or of periods, that must be good. */
    slo: z.number().gt(0).lt(1),
    measure,
    /** Bad share ÷ (1 − SLO) above which the error budget burns too fast, over both windows. */
    burnAbove: z.number().positive().default(6),
    short: duration.default(300),
    long: duration.default(3600),
    /** How far above the other proposals it may go, as a share of them. */
    maxBoost: z.number().positive().default(0.5),
  })
  .refine(({ short, long }) => short <= long, { path: ["short"], error: "is longer than the long window" });
type Settings = z.infer<typeof settings>;

/** The burn rate at which capacity is doubled. */
const DOUBLING_BURN = 20;
const RAISES_BEFORE_GIVING_UP = 2;
/** Less than this share of the burn before is less burn; what is nearer may be noise. */
const LESS = 0.9;

export function signals(policy: Settings): MetricSignal[] {
  const { measure: by } = policy;
  const each = by.by === "errors" ? [by.all, by.failed] : [by.latency];
  return each.map((signal) => ({ ...signal, history: policy.long }));
}

type Counted = { end: number; points: readonly { at: number; value: number }[] };

/** The share of requests that failed, or of periods that were too slow, within `span` seconds. */
function shareOfBad(policy: Settings, main: Window, failed: Counted, span: number): number {
  const recent = ({ points }: Counted) => points.filter(({ at }) => at >= main.end - span && at < main.end);
  const points = recent(main);
  if (policy.measure.by === "latency") {
    const { above } = policy.measure;
    return points.length === 0 ? 0 : points.filter(({ value }) => value > above).length / points.length;
  }
  const sum = (values: Counted["points"]) => saturated(values.reduce((total, { value }) => total + value, 0));
  const all = sum(points);
  return all === 0 ? 0 : Math.min(1, sum(recent(failed)) / all);
}

type Burns = { short: number; long: number };

function burns(policy: Settings, context: PolicyContext): Burns | Proposal {
  const [main, bad] = signals(policy);
  if (main === undefined) return blindBecause("no signal", { is: "none" });
  const window = context.window(main);
  if (window.is !== "window") return blindBecause(signalKey(main), window);
  const events = bad === undefined ? undefined : context.events(bad);
  if (bad !== undefined && events?.is === "failed") return blindBecause(signalKey(bad), events);
  const failed = events?.is === "window" ? events : { end: window.end, points: [] };
  const of = (span: number) => shareOfBad(policy, window, failed, span) / (1 - policy.slo);
  return { short: of(policy.short), long: of(policy.long) };
}

function boosted(policy: Settings, context: PolicyContext, burn: number): { wanted: number; cap: number } {
  const wanted = wholeUnits(context.ready * (1 + Math.min(1, burn / DOUBLING_BURN)));
  // Where nobody else speaks, above what was there when it began to burn: not above what the last raise made of it.
  const base = context.others ?? context.boosts[0]?.base ?? context.desired;
  return { wanted, cap: wholeUnits(base * (1 + policy.maxBoost)) };
}

/**
 * Raises that were made, as far as they matter: limits, or an API that was busy, may have kept one from being. What was
 * made once counts until the burning ends, however long ago it was.
 */
function made({ boosts, memory }: PolicyContext): Boost[] {
  const raises = memory.actions.filter((action) => action.to > action.from);
  return boosts
    .map((boost) => ({ ...boost, made: boost.made || raises.some(({ at }) => at >= boost.at) }))
    .filter((boost) => boost.made)
    .slice(-RAISES_BEFORE_GIVING_UP);
}

function whileBurning(policy: Settings, context: PolicyContext, { short, long }: Burns): PolicyResult {
  const boosts = made(context);
  const [first] = boosts;
  const burn = Math.min(short, long);
  const { at, ready, desired } = context;
  const data = { burn, above: policy.burnAbove, slo: policy.slo, ready, desired };
  const until = (boosts.at(-1)?.at ?? Number.NEGATIVE_INFINITY) + context.warmUp;
  if (at < until) {
    return given(
      { is: "proposes", capacity: desired, reason: { code: "objectiveWaits", data: { ...data, until } } },
      boosts,
    );
  }
  // The short window says whether a raise helped: the long one still has in it what was before.
  if (first !== undefined && boosts.length >= RAISES_BEFORE_GIVING_UP && short > LESS * first.burn) {
    const reason = { code: "scalingDoesNotHelp" as const, data: { ...data, raises: boosts.length } };
    return given({ is: "satisfied", reason }, boosts);
  }
  const { wanted, cap } = boosted(policy, context, burn);
  const capacity = Math.min(wanted, cap);
  const reason = { code: "objectiveBurns" as const, data: { ...data, wanted, cap, capacity } };
  const base = boosts[0]?.base ?? desired;
  const raised = capacity > desired ? [...boosts, { at, burn: short, base, made: false }] : boosts;
  const kept = context.others === undefined ? desired : Math.min(desired, cap);
  return given({ is: "proposes", capacity: Math.max(capacity, kept), reason }, raised);
}

function given(proposal: Proposal, boosts: Boost[]): PolicyResult {
  return { proposal, boosts };
}

/**
 * Raises capacity when users feel what utilisation does not show: the error budget burns above `burnAbove` times its
 * pace over both windows (Google SRE Workbook, multi-window burn rates). `ceil(ready × (1 + min(1, burn ÷ 20)))`, one
 * step a warm-up, at most `maxBoost` above the others; it never lowers, and after two raises without less burn it stops,
 * because then it is not capacity that is missing.
 */
export function propose(policy: Settings, context: PolicyContext): PolicyResult {
  const found = burns(policy, context);
  if ("is" in found) return given(found, context.boosts);
  const { short, long } = found;
  if (short > policy.burnAbove && long > policy.burnAbove) return whileBurning(policy, context, found);
  const data = { short, long, above: policy.burnAbove };
  return given({ is: "satisfied", reason: { code: "objectiveMet", data } }, []);
}

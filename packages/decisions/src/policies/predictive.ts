import * as z from "zod";
import { wholeUnits } from "../capacity.ts";
import { duration } from "../config/duration.ts";
import { countedSignal, type MetricSignal, signalKey } from "../config/signals.ts";
import type { Outlook, RaisedMax } from "../model.ts";
import type { Reason } from "../reasons.ts";
import { time } from "../say.ts";
import { zone } from "../schedule/window.ts";
import type { PolicyContext, PolicyResult } from "./policy.ts";

const cost = z.number().positive();
const HOUR = 3600;
const DAY = 24 * HOUR;

/** A stretch of time that forecasts can be made of, or for. */
function between(least: number, most: number) {
  return duration.refine((seconds) => seconds >= least && seconds <= most, {
    error: `is out of what can be forecast: ${time(least)} to ${time(most)}`,
  });
}

export const settings = z
  .strictObject({
    kind: z.literal("predictive"),
    /** The load in total, as one value a period: what is forecast. */
    signal: countedSignal,
    /** Load that one unit carries, in the signal's unit. */
    target: z.number().positive(),
    /** What a unit-hour too few and a unit-hour too many cost, in the same money: their ratio is the quantile. */
    cost: z.strictObject({ short: cost, spare: cost }).optional(),
    /** The share of the time for which capacity is to be enough, in place of costs. */
    quantile: z.number().min(0.5).max(0.99).optional(),
    /** Whether the forecast alone may lower, where nobody else looks at load. */
    mayScaleIn: z.boolean().default(false),
    /** How far back it learns, and how far ahead it looks. */
    history: between(2 * DAY, 28 * DAY).default(14 * DAY),
    horizon: between(3 * HOUR, 7 * DAY).default(2 * DAY),
    /** Dates (YYYY-MM-DD, in `zone`) that are like no other: not learnt from, and not expected to repeat. */
    except: z.array(z.iso.date()).default([]),
    /** Dates, past and to come, on which people behave as on a Sunday. */
    holidays: z.array(z.iso.date()).default([]),
    zone: zone.default("UTC"),
    /** A peak above the maximum raises it for as long as it lasts, by so much more as a share, and never above `upTo`. */
    exceedMax: z.strictObject({ buffer: z.number().min(0).max(1).default(0.1), upTo: z.int().positive() }).optional(),
  })
  .refine(({ quantile, cost: costs }) => quantile === undefined || costs === undefined, {
    path: ["quantile"],
    error: "and cost say the same in two ways: remove one",
  });
export type PredictiveSettings = z.infer<typeof settings>;

/**
 * Without figures: units that start in no time make good in no time what the middle of a forecast leaves out; for those
 * that take five minutes a unit too few is worth nine too many (`npm run bench:scaling`: more costs more than it spares).
 */
const USUAL = { quick: 0.5, slow: 0.9, slowSeconds: 300 };

/**
 * The share of the time for which capacity is to be enough: the newsvendor's critical ratio `Cu ÷ (Cu + Co)` of the
 * costs of a unit-hour too few and one too many (Arrow, Harris and Marschak 1951), between 0.5 and 0.99.
 * @param warmUp seconds until a unit serves: where nothing is said of costs, they grow with it
 */
export function quantileOf({ quantile, cost: costs }: PredictiveSettings, warmUp: number): number {
  if (costs !== undefined) return Math.min(0.99, Math.max(0.5, costs.short / (costs.short + costs.spare)));
  const { quick, slow, slowSeconds } = USUAL;
  return quantile ?? quick + (slow - quick) * Math.min(1, warmUp / slowSeconds);
}

/** What a forecast is of: one that was made of something else, or for another quantile, says nothing here. */
export function forecastKey(policy: PredictiveSettings, warmUp: number): string {
  return `${signalKey(policy.signal)}, quantile ${quantileOf(policy, warmUp)}, ${policy.zone}`;
}

/** Of a forecast's steps of five minutes the newest one that is over is to be seen as a whole. */
const STEPS_SECONDS = 900;

/** The load is read as it is, so that what was forecast can be compared with what came. */
export function signals({ signal }: PredictiveSettings): MetricSignal[] {
  return [{ ...signal, history: Math.max(signal.history, STEPS_SECONDS) }];
}

type Trusted = Extract<Outlook, { is: "forecast" }>;

function trusted(outlook: Outlook | undefined): Trusted | Reason {
  if (outlook === undefined) return { code: "noForecast", data: { why: "none was made yet" } };
  if (outlook.is === "none") return { code: "noForecast", data: { why: outlook.why } };
  const { probation, madeAt } = outlook;
  return probation === null ? outlook : { code: "forecastOnProbation", data: { why: probation, madeAt } };
}

/** Whether a forecast is there and may be acted on. */
export function isTrusted(outlook: Outlook | undefined): boolean {
  return !("code" in trusted(outlook));
}

/**
 * The maximum while a peak above it was forecast, and until it is over, where the policy may exceed it; else undefined. That
 * more came than was forecast exceeds nothing.
 */
export function raisedMaximum(
  policy: PredictiveSettings,
  outlook: Outlook | undefined,
  max: number,
): RaisedMax | undefined {
  const found = trusted(outlook);
  if (policy.exceedMax === undefined || "code" in found) return undefined;
  const { buffer, upTo } = policy.exceedMax;
  const needed = wholeUnits((found.peak ?? Math.max(found.ahead, found.soon)) / policy.target);
  if (needed <= max) return undefined;
  return { max: Math.max(max, Math.min(upTo, wholeUnits(needed * (1 + buffer)))), until: found.to };
}

/**
 * Raises ahead of load that a trusted forecast expects: the quantile of the most that will come while units that are
 * asked for now begin to serve, divided by what a unit carries. What is expected from now on is a floor for the others,
 * and where nobody else looks at load the forecast lowers only if it may: in floor mode it always may, since what it
 * lowers there is the floor. One that is missing or on probation asks for nothing, and in floor mode for the floor that is
 * configured: the reactive policies carry on.
 */
export function propose(policy: PredictiveSettings, context: PolicyContext): PolicyResult {
  const outlook = trusted(context.outlook);
  const { desired, others, min } = context;
  const isFloor = context.mode === "floor";
  if ("code" in outlook) {
    return {
      proposal: isFloor ? { is: "proposes", capacity: min, reason: outlook } : { is: "satisfied", reason: outlook },
    };
  }
  const { ahead, soon, ...made } = outlook;
  const [raise, floor] = [wholeUnits(ahead / policy.target), wholeUnits(Math.max(soon, ahead) / policy.target)];
  const { madeAt, level, from, to, present } = made;
  const now = present === undefined ? {} : { present };
  const told = { madeAt, level, from, to, ...now, target: policy.target, desired };
  if (raise > desired) {
    const reason = { code: "forecastNeedsMore" as const, data: { ...told, load: ahead, capacity: raise } };
    return { proposal: { is: "proposes", capacity: raise, reason } };
  }
  const data = { ...told, load: Math.max(soon, ahead), capacity: Math.min(floor, desired) };
  if (floor < desired && others === undefined && !policy.mayScaleIn && !isFloor) {
    return { proposal: { is: "proposes", capacity: desired, reason: { code: "forecastMayNotLower", data } } };
  }
  const code = floor < desired ? ("forecastNeedsLess" as const) : ("forecastOnPace" as const);
  return { proposal: { is: "proposes", capacity: data.capacity, reason: { code, data } } };
}

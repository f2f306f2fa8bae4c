import { type MetricSignal, signalKey } from "@headroom/decisions/config/signals";
import type { Outlook, SignalAnswer, Standing } from "@headroom/decisions/model";
import { forecastKey, type PredictiveSettings, quantileOf } from "@headroom/decisions/policies/predictive";
import type { PolicySettings } from "@headroom/decisions/policies/registry";
import { namesOf } from "@headroom/decisions/policy-names";
import { instant } from "@headroom/decisions/say";
import type { Forecast } from "@headroom/forecast/forecast";
import { unpack } from "@headroom/forecast/pack";
import { begin, judge } from "@headroom/forecast/trust";
import { quantileAt, windowMaximum } from "@headroom/forecast/window-quantile";
import type { KeptForecast, KeptForecasts } from "./kept.ts";
import { type Newest, nowcast, nowSeconds } from "./nowcast.ts";

/** Metrics are read about so long after their time, and what is raised by them is seen no earlier. */
export const SETTLING_SECONDS = 120;

type Made = Extract<KeptForecast, { is: "forecast" }>;
type Judged = { at: number; warmUp: number; tick: number };

/** What forecasts say at a tick, and how much each is trusted after it. */
export type Foresight = { outlooks: Record<string, Outlook>; standings: Record<string, Standing> };

type Answers = ReadonlyMap<string, SignalAnswer>;

/** Datapoints that began in a time, each with its value, within the signal's range; what is no load is not there. */
function valuesWithin(signal: MetricSignal, answers: Answers, from: number, to: number): Map<number, number> {
  const [low, high] = signal.range ?? [0, Number.POSITIVE_INFINITY];
  const answer = answers.get(signalKey(signal));
  const points = answer?.is === "series" ? answer.points : [];
  const within = points.filter(({ at, value }) => at >= from && at < to && typeof value === "number" && value >= low);
  return new Map(within.map(({ at, value }) => [at, Math.min(high, Number(value))]));
}

/**
 * The values of a time, unless less than half of it has reported. A period without datapoint counts as 0 while the
 * signal's sibling, which lives with it, reports.
 */
function reported(signal: MetricSignal, answers: Answers, from: number, to: number): number[] | undefined {
  const own = valuesWithin(signal, answers, from, to);
  const { zeroWhile } = signal;
  const alive = zeroWhile === undefined ? new Map() : valuesWithin(zeroWhile, answers, from, to);
  const values = [...own.values(), ...[...alive.keys()].filter((at) => !own.has(at)).map(() => 0)];
  return 2 * values.length * signal.period < to - from ? undefined : values;
}

/** What the values of a step's parts come to, as a history of whole steps has it. */
function together({ source, ...signal }: MetricSignal, values: readonly number[]): number {
  const statistic = "statistic" in signal ? signal.statistic : "Average";
  if (statistic === "Maximum") return Math.max(...values);
  if (statistic === "Minimum") return Math.min(...values);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What is so much older than now, or than two datapoints, is the present no longer. */
const OLD_SECONDS = 600;

/** The load of the newest minutes that are over: of those that came late the highest tells more than the mean. */
function newestOf(signal: MetricSignal, answers: Answers, now: number): Newest | undefined {
  const { period, delay, maxAge } = signal;
  const over = valuesWithin(signal, answers, Number.NEGATIVE_INFINITY, now - period - delay + 1);
  const to = Math.max(...over.keys()) + period;
  const from = to - nowSeconds(period);
  if (!(now - to <= Math.min(maxAge, Math.max(OLD_SECONDS, 2 * period)))) return undefined;
  const values = reported(signal, answers, from, to);
  return values === undefined ? undefined : { load: together(signal, values), most: Math.max(...values), from, to };
}

/** Errors this small beside the load are none, even where repeating the day before has smaller ones. */
const TRIFLING = 0.005;

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** A forecast that its own backtest speaks for begins trusted. */
function firstStanding({ backtest, point }: Forecast, { of, madeAt }: Made, level: number): Standing {
  const total = (of: "error" | "naiveError") => backtest.reduce((sum, each) => sum + each[of], 0);
  const trifling = TRIFLING * mean(point) * backtest.length;
  const isGood = backtest.length > 0 && total("error") <= Math.max(total("naiveError"), trifling);
  const why = isGood ? null : "in its backtest it was no better than repeating the day before";
  return { ...begin(madeAt, level, isGood ? "trusted" : "probation"), of, why };
}

/** Judges each step that is over and has settled since the last one that was judged. */
function judged(
  made: Made,
  forecast: Forecast,
  before: Standing,
  load: (from: number) => number | undefined,
): Standing {
  const { start, step, point } = forecast;
  const day = made.yesterday.length;
  let standing = before;
  for (const [index, said] of point.entries()) {
    const from = start + index * step;
    const actual = from <= standing.at ? undefined : load(from);
    if (actual === undefined) continue;
    const upper = quantileAt(forecast, standing.level, index);
    const naive = made.yesterday[index % day] ?? undefined;
    const { trust, event, why = null } = judge(standing, { at: from, actual, point: said, upper, naive });
    standing = { ...trust, of: standing.of, why: event === undefined ? standing.why : why };
  }
  return standing;
}

function outlookOf(
  forecast: Forecast,
  { is, why, level }: Standing,
  { at, warmUp, tick }: Judged,
  madeAt: number,
): Outlook {
  const from = at + warmUp;
  const to = from + tick + SETTLING_SECONDS;
  const end = forecast.start + forecast.step * forecast.point.length;
  if (to > end) return { is: "none", why: `the one that was made ${Math.round((at - madeAt) / 3600)} h ago has ended` };
  if (at < forecast.start) return { is: "none", why: `the one that was made begins at ${instant(forecast.start)}` };
  const [ahead, soon] = [windowMaximum(forecast, from, to, level), windowMaximum(forecast, at, to, level)];
  return {
    ...{ is: "forecast", madeAt, level, from, to },
    ...{ ahead, soon, peak: Math.max(ahead, soon) },
    probation: is === "trusted" ? null : (why ?? "it has to prove itself first"),
  };
}

function foreseen(
  policy: PredictiveSettings,
  made: Made,
  before: Standing | undefined,
  answers: Answers,
  when: Judged,
): { outlook: Outlook; standing: Standing } {
  const forecast = unpack(made.packed);
  const known = before ?? firstStanding(forecast, made, quantileOf(policy, when.warmUp));
  const { signal } = policy;
  const standing = judged(made, forecast, known, (from) => {
    const to = from + forecast.step;
    const values = to + signal.delay + SETTLING_SECONDS > when.at ? undefined : reported(signal, answers, from, to);
    return values === undefined ? undefined : together(signal, values);
  });
  const outlook = outlookOf(forecast, standing, when, made.madeAt);
  const newest = newestOf(signal, answers, when.at);
  if (outlook.is === "none" || newest === undefined) return { outlook, standing };
  return { outlook: nowcast(outlook, forecast, newest, { ...when, alone: policy.mayScaleIn }), standing };
}

/** By the name that it has in its target: each policy that wants a forecast. */
function predictive(policies: readonly PolicySettings[]): [string, PredictiveSettings][] {
  const names = namesOf(policies);
  return policies.flatMap((policy, index): [string, PredictiveSettings][] =>
    policy.kind === "predictive" ? [[names[index] ?? policy.kind, policy]] : [],
  );
}

/**
 * What the forecasts of a target say at a tick: the load that is to be expected when units that are asked for now begin
 * to serve, and whether it can be trusted, judged by what came of what they said before. What was made of another signal
 * or for another quantile, before the configuration changed, says nothing; and how much a forecast is trusted is not
 * forgotten because it cannot be read for once. Pure.
 */
export function foresee(
  policies: readonly PolicySettings[],
  kept: KeptForecasts,
  before: Readonly<Record<string, Standing>>,
  answers: Answers,
  when: Judged,
): Foresight {
  const found: Foresight = { outlooks: {}, standings: {} };
  for (const [name, policy] of predictive(policies)) {
    const of = forecastKey(policy, when.warmUp);
    const earlier = Object.hasOwn(before, name) && before[name]?.of === of ? before[name] : undefined;
    if (earlier !== undefined) found.standings[name] = earlier;
    const made = Object.hasOwn(kept, name) ? kept[name] : undefined;
    if (made === undefined || made.of !== of) continue;
    if (made.is === "none") {
      found.outlooks[name] = { is: "none", why: made.why };
      continue;
    }
    const { outlook, standing } = foreseen(policy, made, earlier, answers, when);
    found.outlooks[name] = outlook;
    found.standings[name] = standing;
  }
  return found;
}

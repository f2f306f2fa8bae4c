import { signalKey } from "@headroom/decisions/config/signals";
import type { Outlook, SignalAnswer, Standing } from "@headroom/decisions/model";
import { type PredictiveSettings, quantileOf } from "@headroom/decisions/policies/predictive";
import type { PolicySettings } from "@headroom/decisions/policies/registry";
import { namesOf } from "@headroom/decisions/policy-names";
import type { Forecast } from "@headroom/forecast/forecast";
import { unpack } from "@headroom/forecast/pack";
import { begin, judge } from "@headroom/forecast/trust";
import { quantileAt, windowMaximum } from "@headroom/forecast/window-quantile";
import type { KeptForecast, KeptForecasts } from "./kept.ts";

/** Metrics are read about so long after their time, and what is raised by them is seen no earlier. */
export const SETTLING_SECONDS = 120;

type Made = Extract<KeptForecast, { is: "forecast" }>;
type Judged = { at: number; warmUp: number; tick: number };

/** What forecasts say at a tick, and how much each is trusted after it. */
export type Foresight = { outlooks: Record<string, Outlook>; standings: Record<string, Standing> };

/** The mean of the datapoints that began within a step; undefined unless all of them are there. */
function meanWithin(answer: SignalAnswer | undefined, from: number, step: number): number | undefined {
  if (answer?.is !== "series") return undefined;
  const within = answer.points.filter(({ at }) => at >= from && at < from + step);
  const values = within.flatMap(({ value }) => (typeof value === "number" && value >= 0 ? [value] : []));
  if (values.length * answer.period < step) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Errors this small beside the load are none, even where repeating the day before has smaller ones. */
const TRIFLING = 0.005;

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** A forecast that its own backtest speaks for begins trusted. */
function firstStanding({ backtest, point }: Forecast, madeAt: number, level: number): Standing {
  const total = (of: "error" | "naiveError") => backtest.reduce((sum, each) => sum + each[of], 0);
  const trifling = TRIFLING * mean(point) * backtest.length;
  const isGood = backtest.length > 0 && total("error") <= Math.max(total("naiveError"), trifling);
  const why = isGood ? null : "in its backtest it was no better than repeating the day before";
  return { ...begin(madeAt, level, isGood ? "trusted" : "probation"), why };
}

/** Judges each step that is over since the last one that was judged. */
function judged(
  made: Made,
  forecast: Forecast,
  before: Standing,
  answer: SignalAnswer | undefined,
  at: number,
): Standing {
  const { start, step, point } = forecast;
  let standing = before;
  for (const [index, said] of point.entries()) {
    const from = start + index * step;
    if (from + step > at) break;
    if (from <= standing.at) continue;
    const actual = meanWithin(answer, from, step);
    if (actual === undefined) continue;
    const upper = quantileAt(forecast, standing.level, index);
    const naive = made.yesterday[index] ?? undefined;
    const { trust, event, why = null } = judge(standing, { at: from, actual, point: said, upper, naive });
    standing = { ...trust, why: event === undefined ? standing.why : why };
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
  return {
    ...{ is: "forecast", madeAt, level, from, to },
    ahead: windowMaximum(forecast, from, to, level),
    soon: windowMaximum(forecast, at, to, level),
    probation: is === "trusted" ? null : (why ?? "it has to prove itself first"),
  };
}

function foreseen(
  policy: PredictiveSettings,
  made: Made,
  before: Standing | undefined,
  answers: ReadonlyMap<string, SignalAnswer>,
  when: Judged,
): { outlook: Outlook; standing: Standing } {
  const forecast = unpack(made.packed);
  const level = quantileOf(policy, when.warmUp);
  const known = before?.level === level ? before : firstStanding(forecast, made.madeAt, level);
  const standing = judged(made, forecast, known, answers.get(signalKey(policy.signal)), when.at);
  return { outlook: outlookOf(forecast, standing, when, made.madeAt), standing };
}

/**
 * What the forecasts of a target say at a tick: the load that is to be expected when units that are asked for now begin
 * to serve, and whether it can be trusted, judged by what came of what they said before. Pure.
 */
export function foresee(
  policies: readonly PolicySettings[],
  kept: KeptForecasts,
  before: Readonly<Record<string, Standing>>,
  answers: ReadonlyMap<string, SignalAnswer>,
  when: Judged,
): Foresight {
  const names = namesOf(policies);
  const found: Foresight = { outlooks: {}, standings: {} };
  for (const [index, policy] of policies.entries()) {
    const name = names[index] ?? policy.kind;
    const made = kept[name];
    if (policy.kind !== "predictive" || made === undefined) continue;
    if (made.is === "none") {
      found.outlooks[name] = { is: "none", why: made.why };
      continue;
    }
    const { outlook, standing } = foreseen(policy, made, before[name], answers, when);
    found.outlooks[name] = outlook;
    found.standings[name] = standing;
  }
  return found;
}

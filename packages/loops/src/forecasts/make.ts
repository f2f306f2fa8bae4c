import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Place, placeOf } from "@headroom/decisions/config/place";
import { type MetricSignal, signalKey } from "@headroom/decisions/config/signals";
import { Conflict } from "@headroom/decisions/errors";
import type { SignalAnswer } from "@headroom/decisions/model";
import { type PredictiveSettings, quantileOf } from "@headroom/decisions/policies/predictive";
import { namesOf } from "@headroom/decisions/policy-names";
import { forecast } from "@headroom/forecast/forecast";
import { pack } from "@headroom/forecast/pack";
import { expected, type FleetTarget } from "../observe.ts";
import type { Stores, World } from "../world.ts";
import { SETTLING_SECONDS } from "./foresee.ts";
import { historyOf, inSteps, STEP_SECONDS } from "./history.ts";
import type { KeptForecast, KeptForecasts } from "./kept.ts";

const DAY = 86_400;
const TICK_SECONDS = 60;
/** Targets whose histories are in memory at a time. */
const TOGETHER = 100;

/** What forecasts are made with: no capacity is looked at, and nothing is sent. */
export type Forecasting = Pick<World, "clock" | "signals"> & { stores: Pick<Stores, "forecasts"> };

/** A policy that wants a forecast, by the name it has in its target. */
type Wanting = { target: FleetTarget; name: string; policy: PredictiveSettings };

/** Which forecasts were made, and of which targets nothing is known. */
export type Forecasts = { at: number; made: string[]; none: { target: string; policy: string; why: string }[] };

function wantingOf(target: FleetTarget): Wanting[] {
  const { policies } = target.config;
  const names = namesOf(policies);
  return policies.flatMap((policy, index): Wanting[] =>
    policy.kind === "predictive" ? [{ target, name: names[index] ?? policy.kind, policy }] : [],
  );
}

type History = { at: number[]; value: number[] };

/** The load of the last day, by the steps that a forecast from `start` on has: what repeating it would say. */
function yesterdayOf({ at, value }: History, start: number, step: number): (number | null)[] {
  const known = new Map(at.map((each, index) => [each, value[index]]));
  return Array.from({ length: Math.round(DAY / step) }, (_, index) => {
    const found = known.get(start - DAY + index * step);
    return found === undefined || !Number.isFinite(found) ? null : found;
  });
}

/** The end of the newest period that has settled: one that is still filling would look like a fall. */
function settledBy(now: number, period: number): number {
  return Math.floor((now - SETTLING_SECONDS) / period) * period;
}

type Series = Extract<SignalAnswer, { is: "series" }>;

/** Forecasts one policy's load from its history. Pure. */
export function madeFrom({ target, policy }: Omit<Wanting, "name">, answer: Series, now: number): KeptForecast {
  const history = historyOf(policy.signal, answer);
  const level = quantileOf(policy, target.config.warmUp);
  const length = TICK_SECONDS + SETTLING_SECONDS;
  const found = forecast(history, {
    ...{ now: settledBy(now - policy.signal.delay, answer.period), step: answer.period, horizon: policy.horizon },
    quantiles: [...new Set([0.05, 0.5, level, 0.95])].sort((a, b) => a - b),
    windows: [length, length + target.config.warmUp],
    ...{ excludeDays: policy.except, zone: policy.zone },
  });
  if (found.is === "none") return { is: "none", madeAt: now, why: found.why };
  return { is: "forecast", madeAt: now, packed: pack(found), yesterday: yesterdayOf(history, found.start, found.step) };
}

async function histories(
  world: Forecasting,
  signals: readonly MetricSignal[],
  since: number,
  place: Place,
): Promise<Map<string, SignalAnswer>> {
  try {
    return await world.signals.read(signals, since, place);
  } catch (error) {
    const why = expected(error);
    return new Map(signals.map((signal) => [signalKey(signal), { is: "failed", why }]));
  }
}

/** Reads the histories of some policies: one read a signal, however many datapoints it has. */
async function readAll(world: Forecasting, wanting: readonly Wanting[], now: number): Promise<SignalAnswer[]> {
  const places = Map.groupBy(wanting, ({ target }) => JSON.stringify(placeOf(target.config)));
  const answers = new Map<Wanting, SignalAnswer>();
  for (const there of places.values()) {
    const [first] = there;
    if (first === undefined) continue;
    const signals = there.map(({ policy }) => inSteps(policy.signal));
    const back = Math.max(...there.map(({ policy }) => policy.history));
    const since = Math.floor((now - back) / STEP_SECONDS) * STEP_SECONDS;
    const found = await histories(world, signals, since, placeOf(first.target.config));
    for (const each of there) {
      const answer = found.get(signalKey(inSteps(each.policy.signal)));
      if (answer !== undefined) answers.set(each, answer);
    }
  }
  return wanting.map((each) => answers.get(each) ?? { is: "failed", why: "there was no answer" });
}

/** Keeps them, unless newer ones are kept already: then another delivery of the same event, or a later one, was first. */
async function keep(world: Forecasting, target: string, madeAt: number, made: KeptForecasts): Promise<void> {
  try {
    await world.stores.forecasts.save(target, madeAt, made);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

async function makeSome(world: Forecasting, wanting: readonly Wanting[]): Promise<Forecasts> {
  const now = world.clock.now();
  const answers = await readAll(world, wanting, now);
  const result: Forecasts = { at: now, made: [], none: [] };
  const byTarget = new Map<string, KeptForecasts>();
  for (const [index, each] of wanting.entries()) {
    const { target, name } = each;
    const answer = answers[index];
    if (answer?.is !== "series") {
      // What was forecast before is kept: it is better than nothing, and ends by itself.
      const why = answer?.is === "failed" ? answer.why : "there was no answer";
      result.none.push({ target: target.id, policy: name, why: `its history could not be read: ${why}` });
      continue;
    }
    const made = madeFrom(each, answer, now);
    byTarget.set(target.id, { ...byTarget.get(target.id), [name]: made });
    if (made.is === "forecast") result.made.push(`${target.id}/${name}`);
    else result.none.push({ target: target.id, policy: name, why: made.why });
  }
  for (const [target, made] of byTarget) await keep(world, target, now, made);
  return result;
}

/**
 * Forecasts the load of every policy that wants it, or of one target's: reads its history, repairs and forecasts it, and
 * keeps the result for the ticks to come. A history that carries no forecast is kept as that, with why.
 * @throws Throttled, Denied when nothing can be kept
 */
export async function makeForecasts(world: Forecasting, fleet: Fleet, only?: string): Promise<Forecasts> {
  const targets = Object.entries(fleet.targets).map(([id, config]) => ({ id, config }));
  const wanted = targets.filter(({ id }) => only === undefined || id === only).map(wantingOf);
  const result: Forecasts = { at: world.clock.now(), made: [], none: [] };
  for (let first = 0; first < wanted.length; first += TOGETHER) {
    const { made, none } = await makeSome(world, wanted.slice(first, first + TOGETHER).flat());
    result.made.push(...made);
    result.none.push(...none);
  }
  return result;
}

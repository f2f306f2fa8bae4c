import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Place, placeOf } from "@headroom/decisions/config/place";
import { type MetricSignal, signalKey } from "@headroom/decisions/config/signals";
import { Conflict, Invalid } from "@headroom/decisions/errors";
import type { SignalAnswer } from "@headroom/decisions/model";
import { forecastKey, type PredictiveSettings, quantileOf } from "@headroom/decisions/policies/predictive";
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

/** The history of a signal, and of the sibling that proves that there was nothing to report. */
export type Answered = { answer: Series; sibling?: Series | undefined };

/** Datapoints of the policy's own time; one that is missing is 0 where the sibling reported. */
function pointsSince(since: number, { answer, sibling }: Answered): Series["points"] {
  const known = new Set(answer.points.map(({ at }) => at));
  const zeros = (sibling?.points ?? []).filter(({ at }) => !known.has(at)).map(({ at }) => ({ at, value: 0 }));
  return [...answer.points, ...zeros].filter(({ at }) => at >= since);
}

/** Forecasts one policy's load from its history. Pure. */
export function madeFrom({ target, policy }: Omit<Wanting, "name">, answers: Answered, now: number): KeptForecast {
  const { answer } = answers;
  const history = historyOf(policy.signal, { ...answer, points: pointsSince(now - policy.history, answers) });
  const of = forecastKey(policy, target.config.warmUp);
  const level = quantileOf(policy, target.config.warmUp);
  const length = TICK_SECONDS + SETTLING_SECONDS;
  const found = forecast(history, {
    ...{ now: settledBy(now - policy.signal.delay, answer.period), step: answer.period, horizon: policy.horizon },
    quantiles: [...new Set([0.05, 0.5, level, 0.95])].sort((a, b) => a - b),
    windows: [length, length + target.config.warmUp],
    ...{ excludeDays: policy.except, holidays: policy.holidays, zone: policy.zone },
  });
  if (found.is === "none") return { is: "none", of, madeAt: now, why: found.why };
  const yesterday = yesterdayOf(history, found.start, found.step);
  return { is: "forecast", of, madeAt: now, packed: pack(found), yesterday };
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

/** The signal in steps, and its sibling, if it has one. */
function signalsOf({ policy }: Wanting): MetricSignal[] {
  const { zeroWhile } = policy.signal;
  return [policy.signal, ...(zeroWhile === undefined ? [] : [zeroWhile])].map(inSteps);
}

/** Reads the histories of some policies: one read a signal, however many datapoints it has. */
async function readAll(
  world: Forecasting,
  wanting: readonly Wanting[],
  now: number,
): Promise<Map<Wanting, Map<string, SignalAnswer>>> {
  const places = Map.groupBy(wanting, ({ target }) => JSON.stringify(placeOf(target.config)));
  const answers = new Map<Wanting, Map<string, SignalAnswer>>();
  for (const there of places.values()) {
    const [first] = there;
    if (first === undefined) continue;
    const back = Math.max(...there.map(({ policy }) => policy.history));
    const since = Math.floor((now - back) / STEP_SECONDS) * STEP_SECONDS;
    const found = await histories(world, there.flatMap(signalsOf), since, placeOf(first.target.config));
    for (const each of there) answers.set(each, found);
  }
  return answers;
}

function seriesOf(signal: MetricSignal | undefined, answers: ReadonlyMap<string, SignalAnswer> | undefined) {
  const answer = signal === undefined ? undefined : answers?.get(signalKey(inSteps(signal)));
  return answer ?? { is: "failed" as const, why: "there was no answer" };
}

/**
 * Keeps them, unless newer ones are kept already: then another delivery of the same event, or a later one, was first.
 * Gives why they cannot be kept, where that is their own fault and no reason to give up the others.
 */
async function keep(
  world: Forecasting,
  target: string,
  madeAt: number,
  made: KeptForecasts,
): Promise<string | undefined> {
  try {
    await world.stores.forecasts.save(target, madeAt, made);
  } catch (error) {
    if (error instanceof Invalid) return error.message;
    if (!(error instanceof Conflict)) throw error;
  }
  return undefined;
}

/** What was kept of a target's other policies: what could not be made anew is better than nothing, and ends by itself. */
async function keptBefore(world: Forecasting, targets: ReadonlySet<string>): Promise<Map<string, KeptForecasts>> {
  return targets.size === 0 ? new Map() : world.stores.forecasts.load([...targets]);
}

async function makeSome(world: Forecasting, wanting: readonly Wanting[]): Promise<Forecasts> {
  const now = world.clock.now();
  const answers = await readAll(world, wanting, now);
  const result: Forecasts = { at: now, made: [], none: [] };
  const byTarget = new Map<string, KeptForecasts>();
  const incomplete = new Set<string>();
  for (const each of wanting) {
    const { target, name, policy } = each;
    const answer = seriesOf(policy.signal, answers.get(each));
    if (answer.is !== "series") {
      const why = answer.is === "failed" ? answer.why : "queue attributes came back";
      result.none.push({ target: target.id, policy: name, why: `its history could not be read: ${why}` });
      incomplete.add(target.id);
      continue;
    }
    const sibling = seriesOf(policy.signal.zeroWhile, answers.get(each));
    const made = madeFrom(each, { answer, ...(sibling.is === "series" ? { sibling } : {}) }, now);
    byTarget.set(target.id, { ...byTarget.get(target.id), [name]: made });
    if (made.is === "forecast") result.made.push(`${target.id}/${name}`);
    else result.none.push({ target: target.id, policy: name, why: made.why });
  }
  const before = await keptBefore(world, new Set([...incomplete].filter((target) => byTarget.has(target))));
  for (const [target, made] of byTarget) {
    const why = await keep(world, target, now, { ...before.get(target), ...made });
    if (why !== undefined) result.none.push({ target, policy: "all", why });
  }
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

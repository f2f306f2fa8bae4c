import { awsBacklogPerInstance } from "../rivals/aws-backlog-per-instance.ts";
import { awsPredictive } from "../rivals/aws-predictive.ts";
import { awsTargetTracking, awsTargetTracking20s } from "../rivals/aws-target-tracking.ts";
import { hpa } from "../rivals/hpa.ts";
import { kedaSqs } from "../rivals/keda-sqs.ts";
import { staticPeak } from "../rivals/static-peak.ts";
import { type Contender, clamp } from "./autoscaler.ts";
import { SLOTS_A_MINUTE } from "./fleet.ts";
import { headroom, headroomDirect, headroomDirectForecast, headroomForecast } from "./headroom.ts";
import { headroomQueue, headroomQueueDirect } from "./headroom-queue.ts";
import { demandOf, type MinuteLoad } from "./load.ts";
import type { Row } from "./row.ts";
import { isShort, type Score, scoreOf } from "./score.ts";
import { MOST_RUNS, matchTauU } from "./search.ts";
import { type SimulationOptions, type Supply, simulate } from "./simulate.ts";

export type Options = Omit<SimulationOptions, "goOn">;

/** The runs that a row takes at most: one at the standard setting, and those of the search. */
export const RUNS_A_ROW = 1 + MOST_RUNS;

/** Every contender, in the order of the table; the oracle has no rule and is scored by `oracleRow`. */
export function contenders(load: MinuteLoad, { queue, min }: Options): Contender[] {
  const { perUnit } = load;
  const peak = demandOf(load, min).reduce((a, b) => Math.max(a, b), 1);
  const ours = queue
    ? [headroomQueue(perUnit), headroomQueueDirect(perUnit)]
    : [headroom, headroomForecast(load), headroomDirect, headroomDirectForecast(load)];
  const queues = queue ? [kedaSqs(perUnit), awsBacklogPerInstance(perUnit)] : [];
  const predictive = queue ? [] : [awsPredictive(load)];
  return [...ours, awsTargetTracking, awsTargetTracking20s, ...predictive, hpa, ...queues, staticPeak(peak)];
}

/** Whether a run may still end with a shortage in at most `percent` of its time, slot by slot. */
function hopeful(demand: Float64Array, runIn: number, percent: number): (slot: number, ready: number) => boolean {
  const most = (percent / 100) * (demand.length - runIn) * SLOTS_A_MINUTE;
  let short = 0;
  return (slot, ready) => {
    if (slot >= runIn * SLOTS_A_MINUTE && isShort(ready, demand[Math.floor(slot / SLOTS_A_MINUTE)] ?? 0)) short += 1;
    return short <= most;
  };
}

function figuresOf({ excess: _, ...figures }: Score): Omit<Score, "excess"> {
  return figures;
}

/**
 * Plays the load against one contender at its standard setting, and at the one that matches a shortage of 1 %.
 * @param onRun told after each run
 */
export function rowOf(contender: Contender, load: MinuteLoad, options: Options, onRun: () => void = () => {}): Row {
  const demand = demandOf(load, options.min);
  const { policy, setting: is, standard, range } = contender;
  const { runIn = 0 } = options;

  function play(setting: number, pointless: number): Score | undefined {
    const goOn = hopeful(demand, runIn, pointless);
    let given = false;
    const watched = (slot: number, ready: number) => {
      given = !goOn(slot, ready);
      return !given;
    };
    const supply = simulate(load, contender.create(setting, options), { ...options, goOn: watched });
    onRun();
    return given ? undefined : scoreOf(supply, demand, runIn);
  }

  const standing = scoreOf(simulate(load, contender.create(standard, options), options), demand, runIn);
  onRun();
  const { excess, tauU, setting: nearest } = matchTauU(range, play);
  return {
    policy,
    ...figuresOf(standing),
    excessAtTauU1: excess,
    nearestTauU: tauU,
    setting: { is, standard, nearest },
  };
}

/** What cannot be beaten: exactly the demand as far as the bounds let it, at every minute, as if units started at once. */
export function oracleRow(load: MinuteLoad, options: Options): Row {
  const demand = demandOf(load, options.min);
  const { runIn = 0 } = options;
  const units = demand.map((needed) => clamp(needed, options));
  const changed = units.filter((each, minute) => minute > runIn && each !== units[minute - 1]);
  const slots = demand.length * SLOTS_A_MINUTE;
  const ready = Float64Array.from({ length: slots }, (_, slot) => units[Math.floor(slot / SLOTS_A_MINUTE)] ?? 0);
  const supply: Supply = { ready, starting: new Float64Array(slots), changes: changed.length };
  const nothingToSet = { excessAtTauU1: null, nearestTauU: null, setting: null };
  return { policy: "oracle", ...figuresOf(scoreOf(supply, demand, runIn)), ...nothingToSet };
}

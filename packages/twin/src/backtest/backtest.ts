import { awsBacklogPerInstance } from "../rivals/aws-backlog-per-instance.ts";
import { awsTargetTracking, awsTargetTracking20s } from "../rivals/aws-target-tracking.ts";
import { hpa } from "../rivals/hpa.ts";
import { kedaSqs } from "../rivals/keda-sqs.ts";
import { staticPeak } from "../rivals/static-peak.ts";
import type { Bounds, Contender } from "./autoscaler.ts";
import { headroom, headroomDirect, headroomQueue, headroomQueueDirect } from "./headroom.ts";
import { demandOf, type MinuteLoad } from "./load.ts";
import { type Score, scoreOf } from "./score.ts";
import { type Matched, matchTauU } from "./search.ts";
import { type Supply, simulate } from "./simulate.ts";

/** One policy's row: figures at its standard setting, and the excess where it is short 1 % of the time. */
export type Row = { policy: string; setting: number | null; matched: Matched | null } & Score;

export type Options = Bounds & { queue: boolean };

/** Every contender, in the order of the table; the oracle has no rule and is scored by `oracleRow`. */
export function contenders(load: MinuteLoad, queue: boolean): Contender[] {
  const { perUnit } = load;
  const peak = demandOf(load).reduce((a, b) => Math.max(a, b), 1);
  const ours = queue ? [headroomQueue(perUnit), headroomQueueDirect(perUnit)] : [headroom, headroomDirect];
  const queues = queue ? [kedaSqs(perUnit), awsBacklogPerInstance(perUnit)] : [];
  return [...ours, awsTargetTracking, awsTargetTracking20s, hpa, ...queues, staticPeak(peak)];
}

/** Plays the load against one contender at its standard setting, and at the one that matches a shortage of 1 %. */
export function rowOf(contender: Contender, load: MinuteLoad, options: Options): Row {
  const demand = demandOf(load);
  const score = (setting: number) => scoreOf(simulate(load, contender.create(setting, options), options), demand);
  const { policy, standard, range } = contender;
  return { policy, setting: standard, matched: matchTauU(range, score), ...score(standard) };
}

/** What cannot be beaten: exactly the demand, at every minute, as if units started at once. */
export function oracleRow(load: MinuteLoad): Row {
  const demand = demandOf(load);
  const changes = demand.reduce(
    (count, units, minute) => count + Number(minute > 0 && units !== demand[minute - 1]),
    0,
  );
  const supply: Supply = { ready: demand, starting: new Float64Array(demand.length), changes };
  return { policy: "oracle", setting: null, matched: null, ...scoreOf(supply, demand) };
}

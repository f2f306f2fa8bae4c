import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Bill, billOf, type Line, monthOf } from "@headroom/twin/bill";
import { PRICES_OF, prices } from "@headroom/twin/prices";
import type { Played } from "./play.ts";
import { standingOf } from "./standing.ts";

/** AWS's target tracking makes one alarm for going up and one for going down. */
const ALARMS_A_TARGET = 2;

/** What Headroom costs a month for a fleet, in US dollars, and what AWS's own target tracking would cost for it. */
export type Estimate = Bill & {
  fleet: string;
  targets: number;
  playedSeconds: number;
  pricesOf: string;
  /** What it is that costs most. */
  dominates: Line["item"];
  targetTracking: { alarms: number; usd: number };
};

/** What the month costs that is like the stretch that was played. */
export function estimateOf(fleet: Fleet, played: Played): Estimate {
  const bill = billOf(monthOf(played.used, played.seconds, standingOf(fleet, played)));
  const targets = Object.keys(fleet.targets).length;
  const alarms = ALARMS_A_TARGET * targets;
  return {
    ...{ fleet: fleet.name, targets, playedSeconds: played.seconds, pricesOf: PRICES_OF },
    ...bill,
    dominates: bill.lines[0]?.item ?? "metricsRead",
    targetTracking: { alarms, usd: (alarms * prices.alarmMetrics.usd) / prices.alarmMetrics.per },
  };
}

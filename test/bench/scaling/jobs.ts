import type { Job } from "@headroom/cli/backtest/job";
import { demandOf, loadOf } from "@headroom/twin/backtest/load";
import { readTrace } from "@headroom/twin/workloads/trace";

const SEED = 1;
/** Nobody meets a maximum: so many times the busiest minute. */
const ROOM = 10;

/**
 * A trace to be played by everybody, with a unit of which 20 carry its 99th percentile.
 * @param startDelay seconds until a unit serves
 * @param runIn seconds from the beginning that are not scored, at most half of the trace
 */
export function jobOf(file: string, startDelay: number, runIn: number): Job {
  const load = loadOf(readTrace(file), { seed: SEED });
  const peak = demandOf(load, 1).reduce((a, b) => Math.max(a, b), 1);
  const minutes = Math.min(Math.round(runIn / 60), Math.floor(load.minutes.length / 2));
  return { load, options: { min: 1, max: ROOM * peak, startDelay, queue: false, runIn: minutes } };
}

import { SLOTS_A_MINUTE } from "./fleet.ts";
import type { Supply } from "./simulate.ts";

/** Float sums are off by their last digits. */
const HAIR = 1e-9;

/** How well supply followed demand; shares in per cent, by the slot (SPEC RG Cloud, SPEC-RG-2016-01). */
export type Score = {
  /** Hours of units, those still starting included. */
  unitHours: number;
  /** Mean relative shortage and surplus. */
  thetaU: number;
  thetaO: number;
  /** Share of time with a shortage and with a surplus. */
  tauU: number;
  tauO: number;
  adaptationsPerHour: number;
  /** Σ max(0, supply − demand) ÷ Σ demand. */
  excess: number;
};

/** Whether fewer units served than were needed. */
export function isShort(ready: number, needed: number): boolean {
  return ready < needed - HAIR;
}

/**
 * Compares the units that served in each slot with the fewest that could have in its minute: one grid for all, however
 * often they look, on which a shortage and a surplus within a minute do not make up for one another. Where nothing is
 * needed the relative surplus counts as if one unit were.
 * @param demand by the minute
 * @param runIn minutes from the beginning that do not count
 */
export function scoreOf(supply: Supply, demand: Float64Array, runIn = 0): Score {
  const sums = { short: 0, over: 0, shortTime: 0, overTime: 0, surplus: 0, demand: 0, units: 0 };
  const first = runIn * SLOTS_A_MINUTE;
  const last = demand.length * SLOTS_A_MINUTE;
  for (let slot = first; slot < last; slot += 1) {
    const needed = demand[Math.floor(slot / SLOTS_A_MINUTE)] ?? 0;
    const had = supply.ready[slot] ?? 0;
    sums.units += had + (supply.starting[slot] ?? 0);
    sums.demand += needed;
    if (isShort(had, needed)) {
      sums.short += (needed - had) / needed;
      sums.shortTime += 1;
    } else if (had > needed + HAIR) {
      sums.over += (had - needed) / Math.max(1, needed);
      sums.overTime += 1;
      sums.surplus += had - needed;
    }
  }
  const percent = 100 / Math.max(1, last - first);
  return {
    unitHours: sums.units / SLOTS_A_MINUTE / 60,
    thetaU: sums.short * percent,
    thetaO: sums.over * percent,
    tauU: sums.shortTime * percent,
    tauO: sums.overTime * percent,
    adaptationsPerHour: (supply.changes * 60) / Math.max(1, demand.length - runIn),
    excess: sums.surplus / Math.max(1, sums.demand),
  };
}

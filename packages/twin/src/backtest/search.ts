/** What matching a shortage gave: the excess there (null when it could not be had), and the nearest shortage that could. */
export type Matched = { excess: number | null; tauU: number; setting: number; runs: number };

/** One run at a setting. It may end early and say undefined as soon as its tauU is sure to be above `pointless`. */
export type Run = (setting: number, pointless: number) => { tauU: number; excess: number } | undefined;

export const MOST_RUNS = 10;
const GOAL = 1;
const WITHIN = 0.05;
/** Far from the goal a shortage says nothing about where the goal is. */
const FAR = 5;
/** No step is smaller than this share of what is left, so that both ends close in. */
const SMALLEST_STEP = 0.1;

/** The logarithm of a setting, and of the shortage there where that is known. */
type End = { setting: number; tauU: number | undefined };

/** How far from low to high the goal is: half-way; or, between two known shortages, where a line between them meets it. */
function shareOfWay(low: number | undefined, high: number | undefined): number {
  if (low === undefined || high === undefined || low >= high) return 0.5;
  const share = (Math.log(GOAL) - low) / (high - low);
  return Math.min(1 - SMALLEST_STEP, Math.max(SMALLEST_STEP, share));
}

/**
 * The excess at the setting where the share of time with a shortage is 1 %: bisection between a generous and a tight
 * setting, on their logarithms since settings are ratios, which becomes interpolation once shortages near the goal are
 * known (they double within a few per cent of a setting). At most ten runs; done within 0.05 points.
 */
export function matchTauU([generous, tight]: readonly [number, number], run: Run): Matched {
  let low: End = { setting: Math.log(generous), tauU: undefined };
  let high: End = { setting: Math.log(tight), tauU: undefined };
  let nearest = { tauU: Number.POSITIVE_INFINITY, excess: 0, setting: generous };
  for (let runs = 1; runs <= MOST_RUNS; runs += 1) {
    const middle = low.setting + shareOfWay(low.tauU, high.tauU) * (high.setting - low.setting);
    const setting = Math.exp(middle);
    const off = Math.abs(nearest.tauU - GOAL);
    const found = run(setting, Math.max(FAR, GOAL + off));
    if (found !== undefined && Math.abs(found.tauU - GOAL) < off) nearest = { ...found, setting };
    if (Math.abs(nearest.tauU - GOAL) <= WITHIN) return { ...nearest, runs };
    const isNear = found !== undefined && found.tauU > 0 && found.tauU <= FAR;
    const end = { setting: middle, tauU: isNear ? Math.log(found.tauU) : undefined };
    if (found === undefined || found.tauU > GOAL) high = end;
    else low = end;
  }
  return { ...nearest, excess: null, runs: MOST_RUNS };
}

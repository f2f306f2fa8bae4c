/** What matching a shortage gave: the excess there (null when it could not be had), and the nearest shortage that could. */
export type Matched = { excess: number | null; tauU: number; setting: number; runs: number };

/** One run at a setting. It may end early and say undefined as soon as its tauU is sure to be above `pointless`. */
export type Run = (setting: number, pointless: number) => { tauU: number; excess: number } | undefined;

export const MOST_RUNS = 10;
const GOAL = 1;
const WITHIN = 0.05;
/** A shortage may jump over the goal: between runs this close to it, on both sides, the excess lies on a line. */
const ALMOST = 0.25;
/** Far from the goal a shortage says nothing about where the goal is. */
const FAR = 5;
/** When so many runs all pointed to the same end of the range, the next one tries that end. */
const BEFORE_AN_END = 3;
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

/** Where to look next. @param ends of the range, not of what is left of it */
function nextSetting(low: End, high: End, [first, last]: readonly [number, number], runs: number): number {
  if (runs === BEFORE_AN_END && low.setting === first) return first;
  if (runs === BEFORE_AN_END && high.setting === last) return last;
  return low.setting + shareOfWay(low.tauU, high.tauU) * (high.setting - low.setting);
}

type Known = { tauU: number; excess: number };

/** The excess where a line between the nearest runs on both sides meets the goal; null when they are not near enough. */
function between(under: Known | undefined, over: Known | undefined): number | null {
  if (under === undefined || over === undefined) return null;
  if (GOAL - under.tauU > ALMOST || over.tauU - GOAL > ALMOST) return null;
  return under.excess + ((GOAL - under.tauU) / (over.tauU - under.tauU)) * (over.excess - under.excess);
}

/**
 * The excess at the setting where the share of time with a shortage is 1 %: bisection between a generous and a tight
 * setting, on their logarithms since settings are ratios, which becomes interpolation once shortages near the goal are
 * known (they double within a few per cent of a setting). The range is where settings usually are: when even its end
 * is not far enough, the search goes on as far again beyond. At most ten runs; done within 0.05 points, or on the line
 * between the nearest runs of both sides where the shortage jumps over the goal, if those are within 0.25 points of it.
 */
export function matchTauU([generous, tight]: readonly [number, number], run: Run): Matched {
  const range = [Math.log(generous), Math.log(tight)] as const;
  const width = range[1] - range[0];
  let low: End = { setting: range[0], tauU: undefined };
  let high: End = { setting: range[1], tauU: undefined };
  let nearest = { tauU: Number.POSITIVE_INFINITY, excess: 0, setting: generous };
  let [under, over]: (Known | undefined)[] = [];
  for (let runs = 0; runs < MOST_RUNS; runs += 1) {
    const next = nextSetting(low, high, range, runs);
    const setting = Math.exp(next);
    const off = Math.abs(nearest.tauU - GOAL);
    const found = run(setting, Math.max(FAR, GOAL + off));
    if (found !== undefined && Math.abs(found.tauU - GOAL) < off) nearest = { ...found, setting };
    if (Math.abs(nearest.tauU - GOAL) <= WITHIN) return { ...nearest, runs: runs + 1 };
    if (found !== undefined && found.tauU <= GOAL && found.tauU > (under?.tauU ?? -1)) under = found;
    if (found !== undefined && found.tauU > GOAL && found.tauU < (over?.tauU ?? Number.POSITIVE_INFINITY)) over = found;
    const isNear = found !== undefined && found.tauU > 0 && found.tauU <= FAR;
    const end = { setting: next, tauU: isNear ? Math.log(found.tauU) : undefined };
    if (found === undefined || found.tauU > GOAL) {
      if (next === low.setting) low = { setting: next - width, tauU: undefined };
      high = end;
    } else {
      if (next === high.setting) high = { setting: next + width, tauU: undefined };
      low = end;
    }
  }
  return { ...nearest, excess: between(under, over), runs: MOST_RUNS };
}

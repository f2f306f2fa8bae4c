/** What matching a shortage gave: the excess there, or the nearest shortage that could be had. */
export type Matched = { excess: number | null; tauU: number; setting: number; runs: number };

const MOST_RUNS = 10;
const GOAL = 1;
const WITHIN = 0.05;

/**
 * The excess at the setting where the share of time with a shortage is 1 %: bisection between a generous and a tight
 * setting (on their logarithms, since settings are ratios), at most ten runs, done within 0.05 points.
 */
export function matchTauU(
  [generous, tight]: readonly [number, number],
  run: (setting: number) => { tauU: number; excess: number },
): Matched {
  let low = Math.log(generous);
  let high = Math.log(tight);
  let nearest: Matched | undefined;
  for (let runs = 1; runs <= MOST_RUNS; runs += 1) {
    const setting = Math.exp((low + high) / 2);
    const { tauU, excess } = run(setting);
    if (nearest === undefined || Math.abs(tauU - GOAL) < Math.abs(nearest.tauU - GOAL)) {
      nearest = { excess, tauU, setting, runs };
    }
    nearest.runs = runs;
    if (Math.abs(tauU - GOAL) <= WITHIN) return nearest;
    if (tauU > GOAL) high = (low + high) / 2;
    else low = (low + high) / 2;
  }
  const { tauU, setting, runs } = nearest ?? { tauU: Number.NaN, setting: generous, runs: 0 };
  return { excess: null, tauU, setting, runs };
}

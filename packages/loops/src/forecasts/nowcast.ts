import type { Outlook } from "@headroom/decisions/model";
import { type Path, pathAt, pathMaximum } from "@headroom/forecast/path";

/** The present load is the mean of so many datapoints, of three minutes at most: one alone says little. */
const NOW = { periods: 3, seconds: 180 };

/** A forecast that sees load double while units start is believed; more than that is left to what comes. */
const STEEPEST = 2;
/** A moment without load is not the end of it: no less than this part of a forecast is taken for the present. */
const LEAST = 0.03;
/** The present says all for so many seconds from the newest datapoint on, and half as much after so many more. */
const PRESENT = { lasts: 90, halfLife: 120 };

type Expecting = Extract<Outlook, { is: "forecast" }>;

/** The mean load of the newest minutes, and when that was, epoch seconds. */
export type Newest = { load: number; from: number; to: number };

/** Seconds that the present load is the mean of, where datapoints are so many seconds long. */
export function nowSeconds(period: number): number {
  return Math.max(period, Math.min(NOW.seconds, NOW.periods * period));
}

/** How much the present says of a time so many seconds after it, 0 to 1. */
function weightOf(seconds: number): number {
  return 0.5 ** (Math.max(0, seconds - PRESENT.lasts) / PRESENT.halfLife);
}

/** The higher one where that is the present; else between the two, on a scale of ratios, by what the present says. */
function mixed(quantile: number, present: number, weight: number): number {
  if (present >= quantile) return present;
  return quantile ** (1 - weight) * Math.max(present, LEAST * quantile) ** weight;
}

/**
 * Brings what a forecast says up to what is known by now, which is minutes older than the load. The way that it expects
 * load to go is taken from where load is: what units that are asked for now will have to carry is at least the present
 * load times the growth that the forecast has from then on. Where the quantile is more than that it is brought down towards
 * it. How far, and how little growth counts, is a matter of distance: where load is seen at once and units start within a
 * minute, whoever looks at load is there in time, and the forecast adds nothing; where the news are old or units take
 * minutes it has its say.
 * @param when the instant of the tick (epoch seconds), and the seconds until a unit serves
 */
export function nowcast(
  outlook: Expecting,
  path: Path,
  newest: Newest,
  when: { at: number; warmUp: number },
): Expecting {
  const said = pathAt(path, (newest.from + newest.to) / 2);
  if (!(said > 0)) return outlook;
  const { from, to, ahead, soon } = outlook;
  const weight = weightOf(when.at - newest.to + when.warmUp);
  const grown = (since: number) => {
    const growth = Math.min(STEEPEST, pathMaximum(path, since, to) / said);
    return newest.load * growth ** (1 - weight);
  };
  return {
    ...outlook,
    ahead: mixed(ahead, grown(from), weight),
    soon: mixed(soon, grown(when.at), weight),
    present: { load: newest.load, said },
  };
}

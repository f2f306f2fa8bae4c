import type { Outlook } from "@headroom/decisions/model";
import { type Path, pathAt, pathMaximum } from "@headroom/forecast/path";

/** The present load is the mean of so many datapoints, of three minutes at most: one alone says little. */
const NOW = { periods: 3, seconds: 180 };

/** Growth to twice the load while units start is believed of the present; more has to come from the forecast itself. */
const STEEPEST = 2;
/** A moment with little load is not the end of it: no less than this part of a forecast is taken for the present. */
const LEAST = 0.03;
/** The present says all for so many seconds from the newest datapoint on, and half as much after so many more. */
const PRESENT = { lasts: 80, halfLife: 90 };

type Expecting = Extract<Outlook, { is: "forecast" }>;

/** The mean load of the newest minutes, the highest of their datapoints, and when that was, epoch seconds. */
export type Newest = { load: number; most: number; from: number; to: number };

/** The instant of the tick, the seconds until a unit serves, and whether nobody else looks at load. */
type When = { at: number; warmUp: number; alone: boolean };

/** Seconds that the present load is the mean of, where datapoints are so many seconds long. */
export function nowSeconds(period: number): number {
  return Math.max(period, Math.min(NOW.seconds, NOW.periods * period));
}

/** How much the present says of a time so many seconds after it, 0 to 1. */
function weightOf(seconds: number): number {
  return 0.5 ** (Math.max(0, seconds - PRESENT.lasts) / PRESENT.halfLife);
}

/** The quantile of what is expected, between itself and what the present makes likely, on a scale of ratios. */
function lowered(quantile: number, likely: number, weight: number): number {
  if (likely >= quantile) return quantile;
  return quantile ** (1 - weight) * Math.max(likely, LEAST * quantile) ** weight;
}

/**
 * Brings what a forecast says up to the load of the newest minutes. The way that it expects load to go is taken from
 * where load is: what units that are asked for now will have to carry is at least the present load times the growth that
 * the forecast has from then on. Where the quantile is more than that it is brought down towards it. How far, and how
 * little growth counts, is a matter of distance: where load is seen at once and units start within a minute, whoever looks
 * at load is there in time, and the forecast adds little; where the news are old or units take minutes it has its say.
 *
 * It is brought down by the highest of the newest datapoints, since the last one may not be complete; and not at all where
 * the forecast alone looks at load, or where none is left at all: that is rather the end of a metric.
 */
export function nowcast(outlook: Expecting, path: Path, { load, most, ...then }: Newest, when: When): Expecting {
  const middle = (then.from + then.to) / 2;
  const said = pathAt(path, middle);
  if (!(said > 0) || middle < path.start - path.step || !Number.isFinite(load)) return outlook;
  const { from, to, ahead, soon } = outlook;
  const weight = weightOf(when.at - then.to + when.warmUp);
  const mayLower = most > 0 && !when.alone;
  const now = (quantile: number, since: number) => {
    const growth = pathMaximum(path, since, to) / said;
    const least = load * Math.min(STEEPEST, growth) ** (1 - weight);
    return Math.max(least, mayLower ? lowered(quantile, most * growth, weight) : quantile);
  };
  return { ...outlook, ahead: now(ahead, from), soon: now(soon, when.at), present: { load, said } };
}

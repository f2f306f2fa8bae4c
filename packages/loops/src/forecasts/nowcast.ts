import type { Outlook } from "@headroom/decisions/model";
import type { Forecast } from "@headroom/forecast/forecast";
import { pathAt, pathMaximum } from "@headroom/forecast/path";

/** Seconds that the present load is the mean of: one minute alone says little. */
export const NOW_SECONDS = 180;

/** A forecast that sees load double while units start is believed; more than that is left to what comes. */
const STEEPEST = 2;
/** Of how much less comes than was said so much may last: below this nothing is concluded from a moment's calm. */
const LEAST_LEFT = 0.2;
/**
 * A calm lasts for so many seconds from the newest datapoint on, and half of what is left of it is over in so many more,
 * as far as one may count on it.
 */
const CALM = { lasts: 60, halfLife: 120 };

type Expecting = Extract<Outlook, { is: "forecast" }>;

/** The mean load of the newest minutes, and when that was, epoch seconds. */
export type Newest = { load: number; from: number; to: number };

/**
 * Brings what a forecast says up to what is known by now, which is minutes older than the load. The way that it expects
 * load to go is taken from where load is: what units that are asked for now will have to carry is the present load times
 * the growth that the forecast has from then on. And where less came than it said, it is brought down by a part of that:
 * by nearly all of it where load is seen at once and units start at once, since whoever looks at load is there in time; by
 * little where the news are old or units take minutes.
 * @param when the instant of the tick (epoch seconds), and the seconds until a unit serves
 */
export function nowcast(
  outlook: Expecting,
  forecast: Forecast,
  newest: Newest,
  when: { at: number; warmUp: number },
): Expecting {
  const said = pathAt(forecast, (newest.from + newest.to) / 2);
  if (!(said > 0)) return outlook;
  const { from, to, ahead, soon } = outlook;
  const away = when.at - newest.to + when.warmUp;
  const lasting = 0.5 ** (Math.max(0, away - CALM.lasts) / CALM.halfLife);
  const left = Math.min(1, Math.max(LEAST_LEFT, newest.load / said)) ** lasting;
  const grown = (since: number) => newest.load * Math.min(STEEPEST, pathMaximum(forecast, since, to) / said);
  return {
    ...outlook,
    ahead: Math.max(ahead * left, grown(from)),
    soon: Math.max(soon * left, grown(when.at)),
    present: { load: newest.load, said },
  };
}

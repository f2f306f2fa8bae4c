import type { FamilyOf } from "./family.ts";
import { medianOf, middleOf } from "./median.ts";

const DAYS = 7;
const WEEKS = 3;
/** The day a week ago is like today: it counts twice. */
const LAST_WEEK_COUNTS = 2;
/** How much of a change of level since yesterday is expected to last. */
const LASTING = 0.7;
/** More than so many times from one hour to another is no growth to go by. */
const STEEPEST = 10;
/** Days whose error at this hour is taken for the present deviation. */
const NEAR_DAYS = 3;

const names = [
  "day median",
  "day median, level",
  "day median, growth",
  "day middle",
  "day middle, level",
  "yesterday",
  "day median, deviation",
];

/** The same time of other days: the median of them and the middle of the last three, with and without today's level. */
export const daily: FamilyOf = ({ values, sums, day, week, hour }) => {
  const smooth = Math.round(day / 144); // ten minutes to either side
  const short = Math.max(1, Math.round(day / 96)); // a quarter of an hour
  const seen = new Float64Array(DAYS + LAST_WEEK_COUNTS + WEEKS);
  const risen = new Float64Array(seen.length);
  const grown = new Float64Array(seen.length);
  const mean = (from: number, to: number) => ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);

  const growth = (value: number, before: number) => (before > 0 ? Math.min(STEEPEST, value / before) : 1);

  /** Collects the value around this time, and its rise above the hour before the origin's time, of each day. */
  function collect(origin: number, target: number, first: number, firstWeek: number): number {
    let count = 0;
    const last = Math.min(DAYS + first - 1, Math.floor((origin - hour) / day), Math.floor((target - smooth) / day));
    for (let ago = first; ago <= last; ago += 1) {
      const lag = ago * day;
      const value = mean(target - lag - smooth, Math.min(target - lag + smooth + 1, origin));
      seen[count] = value;
      const before = mean(origin - hour - lag, origin - lag);
      risen[count] = value - before;
      grown[count] = growth(value, before);
      count += 1;
    }
    const lastWeek = Math.min(firstWeek + WEEKS - 1, Math.floor((origin - day) / week));
    for (let ago = firstWeek; ago <= lastWeek; ago += 1) {
      const lag = ago * week;
      const value = mean(target - lag - smooth, Math.min(target - lag + smooth + 1, origin));
      const before = mean(origin - hour - lag, origin - lag);
      for (let times = ago === firstWeek ? LAST_WEEK_COUNTS : 1; times > 0; times -= 1) {
        seen[count] = value;
        risen[count] = value - before;
        grown[count] = growth(value, before);
        count += 1;
      }
    }
    return count;
  }

  /** How much the last quarter of an hour is above the same time of the days before. */
  function deviation(origin: number, now: number): number {
    const days = Math.min(NEAR_DAYS, Math.floor((origin - 1 - smooth) / day));
    let usual = 0;
    for (let ago = 1; ago <= days; ago += 1) {
      const then = origin - 1 - ago * day;
      usual += mean(then - smooth, then + smooth + 1);
    }
    return days > 0 ? now - usual / days : 0;
  }

  return {
    names,
    ask(origin, horizon, out, at) {
      const target = origin - 1 + horizon;
      const first = Math.ceil(horizon / day);
      const now = mean(origin - short, origin);
      const nearest = target - first * day;
      const yesterday = values[nearest] ?? 0;
      const before = nearest >= day ? (values[nearest - day] ?? 0) : yesterday;
      const middle = middleOf(yesterday, before, nearest >= 2 * day ? (values[nearest - 2 * day] ?? 0) : before);
      const count = collect(origin, target, first, Math.ceil(horizon / week));
      const median = count > 0 ? medianOf(seen, count) : yesterday;
      const levelLag = Math.min(first, Math.floor((origin - hour) / day)) * day;
      const nowHour = mean(origin - hour, origin);
      out[at] = median;
      out[at + 1] = count > 0 ? now + medianOf(risen, count) : yesterday;
      out[at + 2] = count > 0 ? nowHour * medianOf(grown, count) : yesterday;
      out[at + 3] = middle;
      out[at + 4] = middle + LASTING * (nowHour - mean(origin - hour - levelLag, origin - levelLag));
      out[at + 5] = yesterday;
      out[at + 6] = median + deviation(origin, now) * 0.5 ** (horizon / hour);
    },
  };
};

import { meanOf } from "../series.ts";
import type { FamilyOf } from "./family.ts";

const WEEKS = 3;
/** A day that is so many times busier than its like may be so again; more than that is an accident. */
const STEEPEST = 3;

/** The same time of the last weeks: as it was, at the present level of the hour or of the day, and in proportion. */
export const weekly: FamilyOf = (series) => {
  const { values, day, week, hour, length } = series;
  if (length < week + day) return undefined;
  const smooth = Math.max(1, Math.round(day / 144));
  const short = Math.max(1, Math.round(day / 96));
  return {
    names: ["week", "week, level", "week exact", "week, ratio", "week, day's level"],
    ask(origin, horizon, out, at) {
      const target = origin - 1 + horizon;
      const first = Math.ceil(horizon / week);
      const now = meanOf(series, origin - short, origin);
      const today = meanOf(series, origin - day, origin);
      let [weeks, around, exact, hourThen, dayThen] = [0, 0, 0, 0, 0];
      for (; weeks < WEEKS; weeks += 1) {
        const lag = (first + weeks) * week;
        if (origin - day - lag < 0) break;
        const then = target - lag;
        around += meanOf(series, Math.max(0, then - smooth), Math.min(then + smooth + 1, origin));
        exact += values[then] ?? 0;
        hourThen += meanOf(series, origin - hour - lag, origin - lag);
        dayThen += meanOf(series, origin - day - lag, origin - lag);
      }
      if (weeks === 0) {
        // Too early in the history for a week: yesterday has to do, so that the backtest may begin.
        const lag = Math.ceil(horizon / day) * day;
        const yesterday = target - lag >= 0 ? (values[target - lag] ?? 0) : now;
        out.fill(yesterday, at, at + 5);
        return;
      }
      out[at] = around / weeks;
      out[at + 1] = around / weeks + now - hourThen / weeks;
      out[at + 2] = exact / weeks;
      const ratio = dayThen > 0 ? (today * weeks) / dayThen : 1;
      out[at + 3] = (exact / weeks) * Math.min(STEEPEST, Math.max(1 / STEEPEST, ratio));
      out[at + 4] = exact / weeks + today - dayThen / weeks;
    },
  };
};

import { meanOf, type Series } from "./series.ts";

/** A period that the load repeats itself after, in steps, and the autocorrelation there. */
export type Season = { name: string; steps: number; strength: number };

/** Autocorrelation from which on a period is proven. */
const PROVEN = 0.3;
/** How much stronger than its neighbourhood a period must be. */
const PEAK = 0.05;

/** Parts of a day that jobs run at, in hours; what lies between is the data's accident. */
const PARTS = [1 / 4, 1 / 2, 1, 2, 3, 4, 6, 8, 12];
/** So many days suffice to see an hour or less, and to see more. */
const SHORT_SEEN_IN = 2;
const LONG_SEEN_IN = 7;
/** A period is looked at in so many parts at least. */
const FINEST = 12;

function autocorrelation(values: Float64Array, lag: number): number {
  let [over, under] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    under += value * value;
    if (at >= lag) over += value * (values[at - lag] ?? 0);
  }
  return under > 0 ? over / under : 0;
}

/** Means of so many steps each, without the mean of all. */
function binned(series: Series, width: number): Float64Array {
  const from = series.length % width;
  const bins = new Float64Array(Math.floor(series.length / width));
  let sum = 0;
  for (let bin = 0; bin < bins.length; bin += 1) {
    const mean = meanOf(series, from + bin * width, from + (bin + 1) * width);
    bins[bin] = mean;
    sum += mean;
  }
  const mean = sum / bins.length;
  for (let bin = 0; bin < bins.length; bin += 1) bins[bin] = (bins[bin] ?? 0) - mean;
  return bins;
}

/** What is left of the newest values when a centred mean over two periods is taken away, in bins of so many steps. */
function withoutTrend(series: Series, period: number, width: number, days: number): Float64Array {
  const from = Math.max(period, series.length - days * series.day);
  const rest = new Float64Array(Math.max(0, Math.floor((series.length - period - from) / width)));
  for (let index = 0; index < rest.length; index += 1) {
    const at = from + index * width;
    rest[index] = meanOf(series, at, at + width) - meanOf(series, at - period, at + period);
  }
  return rest;
}

function longSeasons(series: Series): Season[] {
  const width = series.hour;
  const bins = binned(series, width);
  const day = Math.round(series.day / width);
  const at = (days: number) =>
    bins.length >= 2 * days * day ? autocorrelation(bins, Math.round(days * day)) : Number.NaN;
  const found: Season[] = [];
  const daily = at(1);
  if (daily > PROVEN && daily > at(0.5) + PEAK) found.push({ name: "day", steps: series.day, strength: daily });
  // A week is more than seven days in a row: it must say more than the days before it.
  const weekly = at(7);
  if (weekly > PROVEN && weekly > Math.max(at(5), at(6)) + PEAK / 2) {
    found.push({ name: "week", steps: series.week, strength: weekly });
  }
  return found;
}

function strengthOf(series: Series, steps: number): number {
  const short = steps <= series.hour;
  const width = short ? Math.max(1, Math.floor(steps / FINEST)) : series.hour;
  const rest = withoutTrend(series, steps, width, short ? SHORT_SEEN_IN : LONG_SEEN_IN);
  const lag = steps / width;
  if (!Number.isInteger(lag)) return 0;
  const strength = autocorrelation(rest, lag);
  if (strength < PROVEN) return 0;
  // A slow movement is alike at all short distances: a period must stand out from half of it and from half as much more.
  const beside = Math.max(autocorrelation(rest, Math.round(lag / 2)), autocorrelation(rest, Math.round(1.5 * lag)));
  if (strength < beside + PEAK) return 0;
  return strength < autocorrelation(rest, 2 * lag) - PEAK ? 0 : strength;
}

function shortSeasons(series: Series): Season[] {
  const found: Season[] = [];
  for (const hours of PARTS) {
    const steps = (hours * series.day) / 24;
    if (steps < 3 || !Number.isInteger(steps)) continue;
    if (found.some(({ steps: shorter }) => steps % shorter === 0)) continue; // the same, over and over
    const strength = strengthOf(series, steps);
    if (strength === 0) continue;
    found.push({ name: hours < 1 ? `${hours * 60}m` : hours === 1 ? "hour" : `${hours}h`, steps, strength });
  }
  return found;
}

/** The periods that the data prove, snapped to the calendar: an hour and parts of a day, a day, a week. */
export function seasonsOf(series: Series): Season[] {
  return [...shortSeasons(series), ...longSeasons(series)];
}

import { meanOf, type Series } from "./series.ts";

/** A period that the load repeats itself after, in steps, and the autocorrelation there. */
export type Season = { name: string; steps: number; strength: number };

/** Autocorrelation from which on a period is proven. */
const PROVEN = 0.3;
/** How much stronger than its neighbourhood a period must be. */
const PEAK = 0.05;

/** Parts of a day that jobs run at, in hours; what lies between is the data's accident. */
const PARTS = [1 / 4, 1 / 3, 1 / 2, 1, 2, 3, 4, 6, 8, 12];
/** So many days suffice to see a part of a day. */
const SEEN_IN = 4;

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
function binned(series: Series, from: number, width: number): Float64Array {
  const bins = new Float64Array(Math.floor((series.length - from) / width));
  let sum = 0;
  for (let bin = 0; bin < bins.length; bin += 1) {
    bins[bin] = meanOf(series, from + bin * width, from + (bin + 1) * width);
    sum += bins[bin] ?? 0;
  }
  return bins.map((value) => value - sum / bins.length);
}

/** What is left of the values when a centred mean over a window is taken away, newest days only. */
function withoutTrend(series: Series, window: number): Float64Array {
  const from = Math.max(window, series.length - SEEN_IN * series.day);
  const half = window >> 1;
  const rest = new Float64Array(Math.max(0, series.length - half - from));
  for (let index = 0; index < rest.length; index += 1) {
    const at = from + index;
    rest[index] = (series.values[at] ?? 0) - meanOf(series, at - half, at + half);
  }
  return rest;
}

function longSeasons(series: Series): Season[] {
  const width = Math.max(1, series.hour);
  const bins = binned(series, series.length % width, width);
  const day = Math.round(series.day / width);
  const at = (days: number) =>
    bins.length >= 2 * days * day ? autocorrelation(bins, Math.round(days * day)) : Number.NaN;
  const found: Season[] = [];
  const daily = at(1);
  const proven = daily > PROVEN && daily > at(0.5) + PEAK;
  if (proven) found.push({ name: "day", steps: series.day, strength: daily });
  // A week is more than seven days in a row: it must say more than the days around it.
  const weekly = at(7);
  if (weekly > PROVEN && weekly > Math.max(at(5), at(6)) + PEAK / 2) {
    found.push({ name: "week", steps: series.week, strength: weekly });
  }
  return found;
}

function shortSeasons(series: Series): Season[] {
  const found: Season[] = [];
  for (const hours of PARTS) {
    const steps = Math.round((hours * series.day) / 24);
    if (steps < 3 || Math.abs(steps - (hours * series.day) / 24) > 1e-9) continue;
    const rest = withoutTrend(series, 2 * steps);
    const strength = autocorrelation(rest, steps);
    if (strength < PROVEN || strength < autocorrelation(rest, 2 * steps) - PEAK) continue;
    if (strength < autocorrelation(rest, Math.round(1.5 * steps)) + PEAK) continue;
    if (found.some(({ steps: shorter }) => steps % shorter === 0)) continue; // the same, over and over
    found.push({ name: hours < 1 ? `${hours * 60}m` : hours === 1 ? "hour" : `${hours}h`, steps, strength });
  }
  return found;
}

/** The periods that the data prove, snapped to the calendar: an hour and parts of a day, a day, a week. */
export function seasonsOf(series: Series): Season[] {
  return [...shortSeasons(series), ...longSeasons(series)];
}

import { DAY, HOUR } from "../history.ts";
import { meanOf } from "../series.ts";
import type { FamilyOf } from "./family.ts";

/** Seconds over which the present level is taken. */
const windows = [HOUR / 4, HOUR, 6 * HOUR, DAY];
const label = new Map([
  [HOUR / 4, "mean 15m"],
  [HOUR, "mean 1h"],
  [6 * HOUR, "mean 6h"],
  [DAY, "mean 1d"],
]);

/** It stays as it is now, where now is the mean of the last quarter of an hour, hour, six hours or day. */
export const level: FamilyOf = (series) => {
  const steps = windows.map((seconds) => Math.max(1, Math.round(seconds / series.step)));
  // Where the step is coarse two windows are the same: once is enough, or that expert would weigh double.
  const distinct = windows.map((seconds, index) => ({ seconds, length: steps[index] ?? 1 }));
  const kept = distinct.filter(({ length }, index) => steps.indexOf(length) === index);
  const lengths = kept.map(({ length }) => length);
  return {
    names: kept.map(({ seconds }) => label.get(seconds) ?? ""),
    ask(origin, _, out, at) {
      for (const [index, length] of lengths.entries()) out[at + index] = meanOf(series, origin - length, origin);
    },
  };
};

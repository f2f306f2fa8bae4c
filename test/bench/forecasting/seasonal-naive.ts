import { type Model, quantileOf } from "./model.ts";

/** Yesterday again; the upper quantile from what that missed in the last week. */
export const seasonalNaive: Model = {
  name: "seasonal-naive",
  every: 1,
  answer({ value, step, horizon }) {
    const day = Math.round(86_400 / step);
    const last = value.length - day;
    const median = Float64Array.from({ length: horizon }, (_, index) => value[last + (index % day)] ?? 0);
    const from = Math.max(day, value.length - 7 * day);
    const missed = value.slice(from).map((now, index) => now - (value[from + index - day] ?? 0));
    const above = quantileOf(missed, 0.9);
    return { median, upper: median.map((point) => point + above) };
  },
};

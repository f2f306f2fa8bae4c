import { forecast } from "@headroom/forecast/forecast";
import type { Model } from "./model.ts";

/** Ours, from raw points: repair, seasonality, weights and quantiles are all in its time. */
export const headroom: Model = {
  name: "headroom",
  every: 1,
  answer({ at, value, now, step, horizon }) {
    const found = forecast({ at, value }, { now, horizon: horizon * step, quantiles: [0.5, 0.9] });
    if (found.is === "none") throw new Error(found.why);
    const [median, upper] = found.quantiles;
    if (median === undefined || upper === undefined) throw new Error("two quantiles were asked for");
    return { median, upper };
  },
};

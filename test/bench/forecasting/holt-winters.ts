import { type Model, quantileOf } from "./model.ts";

type Smoothing = { level: number; trend: number; season: number };
type Run = { level: number; trend: number; season: Float64Array; errors: Float64Array };

/** Tried in turn; the one with the least squared error one step ahead is used. */
const grid: Smoothing[] = [0.05, 0.2, 0.5].flatMap((level) =>
  [0, 0.01].flatMap((trend) => [0.05, 0.2, 0.5].map((season) => ({ level, trend, season }))),
);
/** Damped, as is usual for horizons of many steps: Gardner and McKenzie 1985. */
const DAMPING = 0.98;

/** Additive Holt-Winters with a damped trend over a daily season, started from the first day. */
function smooth(value: Float64Array, day: number, by: Smoothing): Run {
  let level = value.subarray(0, day).reduce((sum, one) => sum + one, 0) / day;
  let trend = 0;
  const season = value.slice(0, day).map((one) => one - level);
  const errors = new Float64Array(value.length - day);
  for (let at = day; at < value.length; at += 1) {
    const usual = season[at % day] ?? 0;
    const error = (value[at] ?? 0) - (level + DAMPING * trend + usual);
    errors[at - day] = error;
    level += DAMPING * trend + by.level * error;
    trend = DAMPING * trend + by.level * by.trend * error;
    season[at % day] = usual + by.season * (1 - by.level) * error;
  }
  return { level, trend, season, errors };
}

const squares = ({ errors }: Run) => errors.reduce((sum, error) => sum + error * error, 0);

/** The textbook method. Its upper quantile widens with the root of the distance, up to the spread of a day. */
export const holtWinters: Model = {
  name: "holt-winters",
  every: 1,
  answer({ value, step, horizon }) {
    const day = Math.round(86_400 / step);
    const runs = grid.map((by) => ({ by, run: smooth(value, day, by) }));
    const best = runs.reduce((a, b) => (squares(b.run) < squares(a.run) ? b : a));
    const { level, trend, season, errors } = best.run;
    const above = quantileOf(errors.subarray(Math.max(0, errors.length - 7 * day)), 0.9);
    const median = new Float64Array(horizon);
    const upper = new Float64Array(horizon);
    let drift = 0;
    for (let ahead = 1; ahead <= horizon; ahead += 1) {
      drift += trend * DAMPING ** ahead;
      const point = level + drift + (season[(value.length - 1 + ahead) % day] ?? 0);
      median[ahead - 1] = point;
      // Variance of an additive exponential smoothing h steps ahead: 1 + (h - 1) alpha². Hyndman et al. 2008, 6.1.
      upper[ahead - 1] = point + above * Math.sqrt(1 + (ahead - 1) * best.by.level ** 2);
    }
    return { median, upper };
  },
};

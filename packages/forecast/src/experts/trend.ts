import { meanOf } from "../series.ts";
import type { FamilyOf } from "./family.ts";

/** Half of a change from one season to the next is expected to come again: growth rarely goes on in a straight line. */
const DAMPING = 0.5;

/** The same time a season ago, and what was gained since the season before that. */
export const trend: FamilyOf = (series) => {
  const { values, day, week } = series;
  return {
    names: ["trend"],
    ask(origin, horizon, out, at) {
      const season = origin >= 2 * week ? week : day;
      const then = origin - 1 + horizon - Math.ceil(horizon / season) * season;
      const drift = meanOf(series, origin - season, origin) - meanOf(series, origin - 2 * season, origin - season);
      out[at] = (values[then] ?? 0) + DAMPING * drift;
    },
  };
};

import type { FamilyOf } from "./family.ts";

/** What comes again after an hour (jobs by the clock), or after another period that the data prove: mean of two rounds. */
export const periodic: FamilyOf = (series, { extraPeriods }) => {
  const { values, hour, day, step } = series;
  const periods = [...new Set([Math.max(2, hour), ...extraPeriods])].filter((period) => period < day);
  return {
    names: periods.map((period) => `every ${(period * step) / 60}m`),
    ask(origin, horizon, out, at) {
      for (let index = 0; index < periods.length; index += 1) {
        const period = periods[index] ?? 1;
        const then = origin - 1 + horizon - Math.ceil(horizon / period) * period;
        out[at + index] = ((values[then] ?? 0) + (values[then - period] ?? 0)) / 2;
      }
    },
  };
};

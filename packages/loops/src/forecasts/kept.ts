import * as z from "zod";

// What is kept of forecasts between the quarter of an hour that makes them and the minutes that use them.

const count = z.int().nonnegative();

const packed = z.strictObject({
  is: z.literal("forecast"),
  start: z.number(),
  step: z.number().positive(),
  levels: z.array(z.number()),
  quantiles: z.array(z.string()),
  point: z.string(),
  windows: z.array(
    z.strictObject({ steps: count, horizons: z.array(z.number()), above: z.array(z.array(z.number())) }),
  ),
  seasons: z.array(z.strictObject({ name: z.string(), steps: z.number(), strength: z.number() })),
  bursts: z.array(z.strictObject({ pastHour: z.number(), share: z.number() })),
  backtest: z.array(
    z.strictObject({
      ahead: z.number(),
      weights: z.array(z.strictObject({ expert: z.string(), weight: z.number() })),
      ...{ error: z.number(), naiveError: z.number(), trials: count },
    }),
  ),
  repairs: z.strictObject({
    ...{ refused: count, unsorted: z.boolean(), duplicates: count, resets: count, gaps: count, filled: count },
    ...{ excludedDays: count, outages: count, damped: count, saturated: count },
    shifts: z.array(z.strictObject({ at: z.number(), factor: z.number() })),
  }),
});

/**
 * The forecast for one policy, in the unit of its signal, or why there is none. `yesterday` is the load of the day before
 * it was made, by its step: what repeating that day would have said.
 */
export const keptForecast = z.discriminatedUnion("is", [
  z.strictObject({
    is: z.literal("forecast"),
    /** What it is of: see `forecastKey`. */
    of: z.string(),
    madeAt: z.number(),
    packed,
    yesterday: z.array(z.number().nullable()),
  }),
  z.strictObject({ is: z.literal("none"), of: z.string(), madeAt: z.number(), why: z.string() }),
]);
export type KeptForecast = z.infer<typeof keptForecast>;

/** By policy, those of one target. */
export const keptForecasts = z.record(z.string(), keptForecast);
export type KeptForecasts = z.infer<typeof keptForecasts>;

import type { Series } from "../series.ts";

/** How much is spent on a forecast. Short ones are made every few minutes for every target, long ones now and then. */
export type Effort = {
  /** Origins of the backtest at each horizon, and the days that they are spread over. */
  origins: number;
  days: number;
  /** Horizons that are backtested; weights and bands in between are interpolated. */
  knots: number;
  /** A weight is the inverse of an expert's error to this power. */
  power: number;
  /** How strongly the regression that corrects the weights is held to them; undefined: no regression. */
  ridge: number | undefined;
};

// Chosen on the training part of M4 Hourly (its last two times 48 hours) and on recorded loads; results change little
// around these values.
const brief: Effort = { origins: 64, days: 10, knots: 2, power: 5, ridge: undefined };
const thorough: Effort = { origins: 96, days: 28, knots: 13, power: 6, ridge: 3 };

/** The part of a day up to which a forecast is brief. */
const BRIEF = 1 / 6;

/** What a forecast so many steps ahead is worth. */
export function effortFor(series: Series, horizon: number): Effort {
  return horizon <= series.day * BRIEF ? brief : thorough;
}

/** The horizons to backtest, ascending and evenly spread, the first and the last step included. */
export function knotsOf(horizon: number, { knots }: Effort): number[] {
  const found = Array.from({ length: knots }, (_, index) => Math.round(1 + ((horizon - 1) * index) / (knots - 1)));
  return [...new Set(found)];
}

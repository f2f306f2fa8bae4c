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

const brief: Effort = { origins: 64, days: 10, knots: 4, power: 4, ridge: undefined };
const thorough: Effort = { origins: 160, days: 20, knots: 9, power: 6, ridge: 3 };
/** The part of a day up to which a forecast is brief. */
const BRIEF = 1 / 6;

/** What a forecast so many steps ahead is worth. */
export function effortFor(series: Series, horizon: number): Effort {
  return horizon <= series.day * BRIEF ? brief : thorough;
}

/** The horizons to backtest, ascending, the first and the last included: even when they are near, else geometric. */
export function knotsOf(series: Series, horizon: number, { knots }: Effort): number[] {
  const even = horizon <= series.day * BRIEF;
  const found = Array.from({ length: knots }, (_, index) => {
    const part = index / (knots - 1);
    return Math.max(1, Math.round(even ? 1 + (horizon - 1) * part : horizon ** part));
  });
  return [...new Set(found)];
}

/** Seconds from one forecast of a load to the next: the schedule that calls for them, here and in the simulated account. */
export const FORECAST_PERIOD_SECONDS = 900;

import type { Fleet } from "./config/fleet.ts";

/** Whether anything in the fleet is forecast: without that nobody has to make forecasts. */
export function isPredicted({ targets }: Pick<Fleet, "targets">): boolean {
  return Object.values(targets).some(({ policies }) => policies.some(({ kind }) => kind === "predictive"));
}

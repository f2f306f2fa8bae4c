import type { Fleet } from "./config/fleet.ts";
import type { TargetConfig } from "./config/settings.ts";

/** The targets of which something is forecast: without one nobody has to make forecasts. */
export function predictedTargets({ targets }: Pick<Fleet, "targets">): TargetConfig[] {
  return Object.values(targets).filter(({ policies }) => policies.some(({ kind }) => kind === "predictive"));
}

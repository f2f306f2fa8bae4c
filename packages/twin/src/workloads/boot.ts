import { starting, type UnitsState } from "./units.ts";

/** Share of its CPU that a unit uses while it starts, where nothing else is said: what a runtime takes to warm up. */
export const BOOT_UTILISATION = 0.95;

/** Units that are starting and send samples of their CPU: those of deployments, and all where their utilisation is given. */
export function booting(units: UnitsState, given: number | undefined): number {
  return units.deploying || given !== undefined ? starting(units) : 0;
}

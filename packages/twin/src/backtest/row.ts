import * as z from "zod";

const number = z.number();

/** Figures of one policy at its standard setting, and the excess where it is short 1 % of the time. */
export const row = z.strictObject({
  policy: z.string(),
  /** Hours of units, those still starting included. */
  unitHours: number,
  /** Mean relative shortage and surplus, per cent. */
  thetaU: number,
  thetaO: number,
  /** Share of time with a shortage and with a surplus, per cent. */
  tauU: number,
  tauO: number,
  adaptationsPerHour: number,
  /** Σ max(0, supply − demand) ÷ Σ demand where tauU is 1 %; null when no setting came near enough: see `matchTauU`. */
  excessAtTauU1: number.nullable(),
  /** The tauU that came nearest to 1 %: where the excess was taken, if it was. Null where there is nothing to set. */
  nearestTauU: number.nullable(),
  /** What the policy's own setting is, its standard value, and the one at `nearestTauU`; null where there is none. */
  setting: z.strictObject({ is: z.string(), standard: number, nearest: number }).nullable(),
});
export type Row = z.infer<typeof row>;

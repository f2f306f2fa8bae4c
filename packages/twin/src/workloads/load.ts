import type { Random } from "../random.ts";

/** What arrives at a workload. */
export type Load = {
  /** Requests or messages that arrive within the second that starts at `second`; fractions are of the same requests. */
  during(second: number): number;
  /** The same as a whole number. Asked once for each second, in order. */
  wholeDuring(second: number, random: Random): number;
};

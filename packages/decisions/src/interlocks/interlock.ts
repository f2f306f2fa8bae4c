import type { LimitContext } from "../limits/limit.ts";

/** What an interlock may know. */
export type InterlockContext = Omit<LimitContext, "interlocks">;

/** A fact from elsewhere that restrains scaling for a while. Siblings all have this shape. */
export type Interlock = {
  name: string;
  /** Which way capacity may not go while it is open. */
  restrains: "in" | "out";
  /** Seconds after which it restrains no longer, whatever it says: no interlock without an end. */
  maxAge: number;
  /** What is the matter, while there is something the matter. */
  open(context: InterlockContext): string | undefined;
};

/** An interlock whose condition holds: since when, and whether it has outlived its maximum age. */
export type OpenInterlock = { name: string; since: number; why: string; restrains: "in" | "out"; over: boolean };

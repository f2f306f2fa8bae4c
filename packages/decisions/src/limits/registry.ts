import { bounds } from "./bounds.ts";
import { coolDown } from "./cool-down.ts";
import { flapping } from "./flapping.ts";
import { foreignHold, foreignRestore } from "./foreign.ts";
import { busyUnits, interlock } from "./interlocks.ts";
import { pause, pin } from "./lease.ts";
import type { Limit } from "./limit.ts";
import { rate } from "./rate.ts";
import { spend } from "./spend.ts";
import { stabilisation } from "./stabilisation.ts";

/**
 * Every limit, in the order in which they apply: the list is the policy. Bounds are always last. Those that are about
 * the pace of our own scaling (`pacing`) do not apply when somebody else's write is set back.
 */
export const limits: readonly { name: string; apply: Limit; pacing: boolean }[] = [
  { name: "foreign-restore", apply: foreignRestore, pacing: false },
  { name: "stabilisation", apply: stabilisation, pacing: true },
  { name: "rate", apply: rate, pacing: true },
  { name: "cool-down", apply: coolDown, pacing: true },
  { name: "foreign-hold", apply: foreignHold, pacing: true },
  { name: "interlocks", apply: interlock, pacing: false },
  { name: "busy-units", apply: busyUnits, pacing: false },
  { name: "flapping", apply: flapping, pacing: true },
  { name: "pin", apply: pin, pacing: false },
  { name: "pause", apply: pause, pacing: false },
  { name: "spend", apply: spend, pacing: false },
  { name: "bounds", apply: bounds, pacing: false },
];

import { bounds } from "./bounds.ts";
import { coolDown } from "./cool-down.ts";
import { pause, pin } from "./lease.ts";
import type { Limit } from "./limit.ts";
import { rate } from "./rate.ts";
import { stabilisation } from "./stabilisation.ts";

/** Every limit, in the order in which they apply: the list is the policy. Bounds are always last. */
export const limits: readonly { name: string; apply: Limit }[] = [
  { name: "stabilisation", apply: stabilisation },
  { name: "rate", apply: rate },
  { name: "cool-down", apply: coolDown },
  { name: "pin", apply: pin },
  { name: "pause", apply: pause },
  { name: "bounds", apply: bounds },
];

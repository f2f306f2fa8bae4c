import { arrival } from "./arrival.ts";
import { downstream } from "./downstream.ts";
import { deployment, drill, fleetBrake, release } from "./facts.ts";
import type { Interlock } from "./interlock.ts";
import { retryStorm } from "./retry-storm.ts";

/** Every interlock; the first that restrains is the one that is named. */
export const interlocks: readonly Interlock[] = [
  deployment,
  drill,
  release,
  fleetBrake,
  retryStorm,
  downstream,
  arrival,
];

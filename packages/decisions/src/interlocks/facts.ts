import type { Fact } from "../model.ts";
import type { Interlock } from "./interlock.ts";

const HOUR = 3600;

function whileOn(fact: Fact | undefined): string | undefined {
  return fact?.on ? fact.why : undefined;
}

/** Old and new units run side by side, and what they report is about starting up, not about load. */
export const deployment: Interlock = {
  name: "deployment",
  restrains: "in",
  maxAge: 2 * HOUR,
  open: ({ capacity }) => (capacity.deploying ? "a deployment is running" : undefined),
};

export const drill: Interlock = {
  name: "drill",
  restrains: "in",
  maxAge: 6 * HOUR,
  open: ({ facts }) => whileOn(facts.drill),
};

export const release: Interlock = {
  name: "release",
  restrains: "in",
  maxAge: HOUR,
  open: ({ facts }) => whileOn(facts.release),
};

/** The whole fleet would shrink at once: that is more often a broken metric than a quiet hour. */
export const fleetBrake: Interlock = {
  name: "fleet-brake",
  restrains: "in",
  maxAge: HOUR / 2,
  open: ({ facts }) => whileOn(facts.brake),
};

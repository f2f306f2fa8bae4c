import { amount, instant, messages, percent, time, units, unitsAre } from "./say.ts";

type Tracked = { signal: string; value: number; target: number; of: string; desired: number; units: number };
type Backlog = {
  queue: string;
  visible: number;
  inFlight: number;
  delayed: number;
  arrivals: number;
  secondsPerMessage: number;
  concurrency: number;
  /** Seconds left to work the backlog off, once new units serve. */
  left: number;
  capacity: number;
  desired: number;
  /** Seconds until it is gone with that capacity; null when never. */
  eta: number | null;
};
type Change = { until: number; changed: number; from: number; to: number };
type Burning = { burn: number; above: number; slo: number; ready: number; desired: number };
type Expected = {
  madeAt: number;
  level: number;
  from: number;
  to: number;
  present?: { load: number; said: number };
  target: number;
  desired: number;
  load: number;
  capacity: number;
};
type Held = { interlock: string; since: number; why: string; capacity: number };
type Granted = { owner: string; reason: string; until: number };

function load({ signal, value, target, of, units: needed }: Tracked): string {
  const per = of === "total" ? `at ${amount(target)} a unit` : `per unit against a target of ${amount(target)}`;
  return `${signal} is ${amount(value)} ${per}: ${amount(needed)} ${needed === 1 ? "unit's" : "units'"} worth`;
}

function set(desired: number): string {
  return desired === 1 ? "1 is set" : `${desired} are set`;
}

function whatIsSet(desired: number): string {
  return desired === 1 ? "the 1 that is set" : `the ${desired} that are set`;
}

function backlog(data: Backlog): string {
  const { queue, visible, delayed, inFlight, arrivals } = data;
  const falling = delayed > 0 ? `, ${amount(delayed)} delayed ones falling due` : "";
  return (
    `${queue} has ${messages(visible)} visible${falling}, ${amount(inFlight)} in flight and ` +
    `${amount(arrivals)} a second arriving; at ${amount(data.secondsPerMessage)} s a message and ` +
    `${data.concurrency} at a time a unit, with ${time(data.left)} to work it off`
  );
}

function drained(eta: number | null): string {
  return eta === null ? "it would not get shorter" : eta === 0 ? "there is no backlog" : `it is gone in ${time(eta)}`;
}

function expected({ madeAt, load, level, from, to, present, target }: Expected): string {
  const now =
    present === undefined
      ? ""
      : ` (of the last minutes it said ${amount(present.said)}, and ${amount(present.load)} came)`;
  return (
    `The forecast of ${instant(madeAt)}${now} expects no more than ${amount(load)} with ${percent(level)} certainty ` +
    `from ${instant(from)} to ${instant(to)}, at ${amount(target)} a unit`
  );
}

function burning(d: Burning): string {
  return `The error budget of ${percent(1 - d.slo)} burns at ${amount(d.burn)} times its pace, above ${amount(d.above)}`;
}

function raise({ changed, from, to }: Change): string {
  return `capacity went from ${from} to ${to} at ${instant(changed)}`;
}

/**
 * Every reason that a decision can have, with its sentence for people. The data of a reason are exactly what its
 * sentence needs; instants are seconds since the epoch, durations seconds, capacities units.
 */
export const sentences = {
  // What policies say
  aboveTarget: (d: Tracked & { capacity: number }) =>
    `${load(d)}, so ${unitsAre(d.capacity)} needed and ${set(d.desired)}.`,
  belowTarget: (d: Tracked & { capacity: number }) =>
    `${load(d)}, so ${unitsAre(d.capacity)} enough and ${set(d.desired)}.`,
  withinTolerance: (d: Tracked & { tolerance: number }) =>
    `${load(d)}, within ${percent(d.tolerance)} of ${whatIsSet(d.desired)}.`,
  roundedUp: (d: Tracked) => `${load(d)}, rounded up to ${units(d.desired)}, and ${set(d.desired)}.`,
  notAllReported: (d: Tracked & { most: number }) =>
    `${load(d)} at the least and ${amount(d.most)} at the most, because not all units served and reported all the time: ${set(d.desired)}, and that stays so.`,
  aboveRange: (d: { signal: string }) =>
    `${d.signal} is above its declared range: such a value may raise capacity but not lower it.`,
  counterReset: (d: { signal: string }) =>
    `${d.signal} began again from 0, so it may have grown more than it shows: that may raise capacity but not lower it.`,
  backlogNeedsMore: (d: Backlog) =>
    `${backlog(d)}, ${unitsAre(d.capacity)} needed and ${set(d.desired)}; then ${drained(d.eta)}.`,
  backlogNeedsLess: (d: Backlog) =>
    `${backlog(d)}, ${unitsAre(d.capacity)} enough and ${set(d.desired)}; then ${drained(d.eta)}.`,
  backlogOnPace: (d: Backlog) => `${backlog(d)}, ${set(d.desired)}, which is right; ${drained(d.eta)}.`,
  backlogInfeasible: (d: Backlog & { max: number }) =>
    `${backlog(d)}, ${units(d.capacity)} would be needed and the maximum is ${d.max}; with those ${drained(d.eta)}.`,
  // Why a policy cannot say anything
  notYet: (d: { signal: string }) => `${d.signal} has no period yet that is over and settled.`,
  noData: (d: { signal: string }) => `${d.signal} has no datapoints; missing is not zero.`,
  stale: (d: { signal: string; age: number }) => `${d.signal} is stale: its newest period ended ${time(d.age)} ago.`,
  failed: (d: { signal: string; why: string }) => `${d.signal} cannot be used: ${d.why}.`,
  capacityThenUnknown: (d: { signal: string; at: number }) =>
    `${d.signal} is an average over units from ${instant(d.at)} on, and how many there were is not known.`,
  noUnitsThen: (d: { signal: string; at: number }) =>
    `${d.signal} is an average over units from ${instant(d.at)} on, and there were none.`,
  capacityFailed: (d: { why: string }) => `The capacity could not be read: ${d.why}. Nothing is changed.`,
  noMinimum: () => "Floor mode moves the resource's own minimum, and the resource has none now. Nothing is changed.",
  stepTaken: (d: { signal: string; value: number; base: number; capacity: number; desired: number }) =>
    `${d.signal} is ${amount(d.value)}, and its step goes from the ${d.base} there were then to ${units(d.capacity)}; ${d.desired} are set.`,
  noStep: (d: { signal: string; value: number }) => `${d.signal} is ${amount(d.value)}, for which there is no step.`,
  windowFloor: (d: { floor: number }) => `A schedule's window is open: not fewer than ${units(d.floor)}.`,
  noWindow: () => "No window of the schedule is open.",
  noForecast: (d: { why: string }) => `There is no forecast: ${d.why}.`,
  forecastOnProbation: (d: { why: string; madeAt: number }) =>
    `The forecast of ${instant(d.madeAt)} is on probation and asks for nothing: ${d.why}.`,
  forecastNeedsMore: (d: Expected) => `${expected(d)}, ${unitsAre(d.capacity)} needed by then and ${set(d.desired)}.`,
  forecastNeedsLess: (d: Expected) =>
    `${expected(d)}, ${unitsAre(d.capacity)} enough until then and ${set(d.desired)}.`,
  forecastMayNotLower: (d: Expected) =>
    `${expected(d)}, ${unitsAre(d.capacity)} enough until then; ${set(d.desired)}, and the forecast may not lower alone.`,
  forecastOnPace: (d: Expected) => `${expected(d)}, ${set(d.desired)}, which is right until then.`,
  objectiveMet: (d: { short: number; long: number; above: number }) =>
    `The error budget burns at ${amount(d.short)} and, over the long window, ${amount(d.long)} times its pace; both would have to be above ${amount(d.above)}.`,
  objectiveBurns: (d: Burning & { wanted: number; cap: number; capacity: number }) =>
    `${burning(d)}: from the ${d.ready} that serve to ${units(d.wanted)}, and at most ${d.cap}.`,
  objectiveWaits: (d: Burning & { until: number }) =>
    `${burning(d)}, and the units of the last raise are still starting, until ${instant(d.until)}.`,
  scalingDoesNotHelp: (d: Burning & { raises: number }) =>
    `${burning(d)}, and ${d.raises} raises have not slowed it down: it is not capacity that is missing.`,
  // How proposals were combined
  scaleInNeedsAll: (d: { policy: string; capacity: number }) =>
    `${units(d.capacity)} would be enough for those who can tell, but ${d.policy} cannot, and capacity never falls for want of data.`,
  fallback: (d: { capacity: number; blindSince: number; after: number }) =>
    `Nothing could be seen since ${instant(d.blindSince)}, longer than ${time(d.after)}: at least the fallback of ${units(d.capacity)}.`,
  restoring: (d: { from: number; to: number; times: number }) =>
    `Somebody set ${d.from}; back to ${d.to}, for the ${d.times === 0 ? "first" : "second"} time within an hour.`,
  restoredOften: (d: { to: number }) =>
    `Somebody set ${d.to} again after it was set back as often as may be within an hour: it is taken as it is.`,
  nothingAsked: () => "No policy asks for anything.",
  // Limits
  stabilisingIn: (d: { window: number; capacity: number; highest: number; at: number }) =>
    `Capacity falls only to the most that was proposed in the last ${time(d.window)}: ${d.highest} at ${instant(d.at)}, not ${d.capacity}.`,
  stabilisingOut: (d: { window: number; capacity: number; lowest: number; at: number }) =>
    `Capacity rises only to the least that was proposed in the last ${time(d.window)}: ${d.lowest} at ${instant(d.at)}, not ${d.capacity}.`,
  memoryTooShort: (d: { known: number; window: number; capacity: number }) =>
    `Lowering to ${d.capacity} needs ${time(d.window)} without a gap to look back on, and there are ${time(d.known)}.`,
  rateOut: (d: { capacity: number; allowed: number }) => `The rate allows ${units(d.allowed)} now, not ${d.capacity}.`,
  rateIn: (d: { capacity: number; allowed: number }) =>
    `The rate allows going down to ${units(d.allowed)} now, not ${d.capacity}.`,
  coolingDownIn: (d: Change) => `No lowering before ${instant(d.until)}: ${raise(d)}.`,
  coolingDownOut: (d: Change) => `No raising before ${instant(d.until)}: ${raise(d)}.`,
  foreignHeld: (d: { capacity: number; from: number; to: number; at: number; until: number }) =>
    `Somebody set ${d.to} instead of ${d.from} at ${instant(d.at)}: it is left alone until ${instant(d.until)}, so not ${d.capacity}.`,
  interlockIn: (d: Held) => `No lowering to ${d.capacity} since ${instant(d.since)} (${d.interlock}): ${d.why}.`,
  interlockOut: (d: Held) => `No raising to ${d.capacity} since ${instant(d.since)} (${d.interlock}): ${d.why}.`,
  protectedUnits: (d: { capacity: number; busy: number }) =>
    `${unitsAre(d.busy)} protected while busy, so not ${d.capacity}.`,
  flapping: (d: { capacity: number; kept: number; policy: string }) =>
    `With ${d.capacity}, ${d.policy} would ask for more at once: not below ${d.kept}.`,
  pinned: (d: Granted & { capacity: number }) =>
    `Pinned at ${units(d.capacity)} by ${d.owner} until ${instant(d.until)}: ${d.reason}.`,
  paused: (d: Granted & { capacity: number; direction: "both" | "in" | "out" }) =>
    `Going to ${d.capacity} is paused by ${d.owner} until ${instant(d.until)}: ${d.reason}.`,
  budgetSpent: (d: { capacity: number; spent: number; budget: number; per: number }) =>
    `${amount(d.spent)} of ${amount(d.budget)} were spent within ${time(d.per)}: no raise to ${d.capacity}.`,
  burningBudget: (d: { capacity: number; most: number; budget: number; per: number }) =>
    `${units(d.capacity)} would use up ${amount(d.budget)} for ${time(d.per)} too fast: ${d.most} at most.`,
  belowMin: (d: { capacity: number; min: number }) => `The minimum is ${units(d.min)}, so not ${d.capacity}.`,
  belowResourceMin: (d: { capacity: number; min: number }) =>
    `The resource's own minimum is ${units(d.min)}, so not ${d.capacity}.`,
  atMax: (d: { capacity: number; max: number }) => `The maximum is ${units(d.max)}, so not ${d.capacity}.`,
  atResourceMax: (d: { capacity: number; max: number }) =>
    `The resource's own maximum is ${units(d.max)}, so not ${d.capacity}.`,
  aboveMax: (d: { desired: number; max: number; capacity: number }) =>
    `${unitsAre(d.desired)} set and the maximum is ${d.max}: down to ${d.capacity} now, as fast as the rate allows.`,
  observing: (d: { recommended: number }) =>
    `In observe mode Headroom only says what it would do: set ${units(d.recommended)}.`,
  rivalsUnknown: (d: { recommended: number }) =>
    `Whether anything else may lower this could not be found out, so it is not lowered to ${units(d.recommended)}.`,
  rivalMayLower: (d: { rivals: string[]; recommended: number }) =>
    `Control waits while something else may lower this: ${d.rivals.join("; ")}. It would set ${units(d.recommended)}.`,
};

type Sentences = typeof sentences;
export type ReasonCode = keyof Sentences;
type ReasonData = {
  [Code in ReasonCode]: Parameters<Sentences[Code]> extends [infer Data] ? Data : Record<string, never>;
};

/** Why something was or was not done: a code for machines and the data of its sentence. */
export type Reason = { [Code in ReasonCode]: { code: Code; data: ReasonData[Code] } }[ReasonCode];

/** The sentence for people. */
export function sentence<Code extends ReasonCode>(reason: { code: Code; data: ReasonData[Code] }): string {
  const say: { [Each in ReasonCode]: (data: ReasonData[Each]) => string } = sentences;
  return say[reason.code](reason.data);
}

import { type Autoscaler, type Bounds, type Contender, clamp, type View } from "../backtest/autoscaler.ts";

// AWS Application Auto Scaling, target tracking on a metric per unit.
// Documented (Application Auto Scaling and ECS user guides; aws/containers-roadmap#1208): two managed alarms, high when 3
// of 3 one-minute datapoints are above the target, low when 15 of 15 are below about 0.9 of it; out in proportion,
// rounded up; in more gradually and so that the target is not crossed; 300 s between two scale-ins; a larger scale-out
// is never held back. Since June 2026 ECS offers 20-second metrics (containers-roadmap#2113).
// Assumed, where nothing is public, in AWS's favour: the capacity that is multiplied with the metric is the one of the
// metric's own period, so that a late datapoint never overshoots; a scale-in goes to the mean need of the last five
// minutes; with 20-second metrics out takes 3 datapoints and in the same 15 minutes.
// All it sees is utilisation: workers of a queue that are all busy show 1, however much more waits; requests show more.

type Alarms = { period: number; age: number };

/** One-minute metrics, two minutes late. */
export const STANDARD: Alarms = { period: 60, age: 120 };

const DATAPOINTS_OUT = 3;
const IN_AFTER_SECONDS = 900;
const LOW = 0.9;
const COOL_DOWN_IN_SECONDS = 300;
const MEAN_FOR_IN_SECONDS = 300;

/** Whether the `count` newest datapoints that are out all satisfy `test`. */
function all(view: View, { period, age }: Alarms, count: number, test: (value: number) => boolean): boolean {
  const newest = Math.floor((view.now - age) / period) * period;
  if (newest < count * period) return false;
  for (let index = 0; index < count; index += 1) {
    const end = newest - index * period;
    if (!test(view.utilisation(end - period, end))) return false;
  }
  return true;
}

/** Units that would have been on target during a period: those that served, in proportion to what the metric said. */
function inProportion({ utilisation, served }: View, from: number, to: number, target: number): number {
  return (served(from, to) * utilisation(from, to)) / target;
}

/** Target tracking as an autoscaler. @param target utilisation @param alarms what its alarms look at */
export function trackTarget(alarms: Alarms, target: number, bounds: Bounds): Autoscaler {
  let lowered = Number.NEGATIVE_INFINITY;
  const { period, age } = alarms;
  return {
    every: period,
    decide(view) {
      const end = Math.floor((view.now - age) / period) * period;
      if (all(view, alarms, DATAPOINTS_OUT, (value) => value > target)) {
        return Math.max(view.desired, clamp(inProportion(view, end - period, end, target), bounds));
      }
      if (view.now - lowered < COOL_DOWN_IN_SECONDS || view.starting > 0) return view.desired;
      if (!all(view, alarms, IN_AFTER_SECONDS / period, (value) => value < LOW * target)) return view.desired;
      const lower = clamp(inProportion(view, end - MEAN_FOR_IN_SECONDS, end, target), bounds);
      if (lower < view.desired) lowered = view.now;
      return Math.min(view.desired, lower);
    },
  };
}

const RANGE: Contender["range"] = [0.1, 1.5];
const shared = { setting: "target utilisation", standard: 0.7, range: RANGE };

/** On one-minute metrics, which arrive two minutes late. */
export const awsTargetTracking: Contender = {
  ...shared,
  policy: "aws-target-tracking",
  rule: "utilisation of 60 s, out 120 s after its end; 3 of 3 above the target: out; 15 min below 0.9 of it: in",
  create: (target, bounds) => trackTarget(STANDARD, target, bounds),
};

/** On 20-second metrics, which cost extra and exist for ECS CPU and memory only. */
export const awsTargetTracking20s: Contender = {
  ...shared,
  policy: "aws-target-tracking-20s",
  rule: "utilisation of 20 s, out 40 s after its end; 3 of 3 above the target: out; 15 min below 0.9 of it: in",
  create: (target, bounds) => trackTarget({ period: 20, age: 40 }, target, bounds),
};

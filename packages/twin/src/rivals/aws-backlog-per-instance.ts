import { type Autoscaler, type Bounds, type Contender, clamp, type View } from "../backtest/autoscaler.ts";

// AWS's recipe for SQS (EC2 Auto Scaling user guide, "Scaling based on Amazon SQS"; aws/copilot-cli,
// backlog-per-task-calculator.js): every minute a function publishes `visible / max(1, running)`, and target tracking
// holds it at acceptable latency ÷ seconds a message. Arrivals and messages in flight are not looked at.
// Assumed: the custom metric is out after a minute; alarms as in aws-target-tracking.ts, 3 of 3 and 15 of 15 at 0.9; in
// AWS's favour, a late datapoint is multiplied with the instances that it was divided by, so that it never overshoots.

const OUT = 3;
const IN = 15;
const LOW = 0.9;
const AGE_MINUTES = 1;

/** Visible messages per instance, and the instances then. */
type Datapoint = { instances: number; backlog: number };

function create(target: number, bounds: Bounds): Autoscaler {
  const published: Datapoint[] = [];
  let lowered = Number.NEGATIVE_INFINITY;

  function wanted(view: View): number {
    const seen = published.slice(0, Math.max(0, published.length - AGE_MINUTES));
    const newest = seen.at(-1);
    if (newest === undefined) return view.desired;
    const inProportion = clamp((newest.instances * newest.backlog) / target, bounds);
    if (seen.length >= OUT && seen.slice(-OUT).every(({ backlog }) => backlog > target)) {
      return Math.max(view.desired, inProportion);
    }
    const low = seen.length >= IN && seen.slice(-IN).every(({ backlog }) => backlog < LOW * target);
    if (!low || view.starting > 0 || view.now - lowered < 300) return view.desired;
    lowered = view.now;
    return Math.min(view.desired, inProportion);
  }

  return {
    every: 60,
    decide(view) {
      const instances = Math.max(1, view.ready);
      published.push({ instances, backlog: view.queue.visible / instances });
      if (published.length > IN + AGE_MINUTES) published.shift();
      return wanted(view);
    },
  };
}

/** @param perUnit messages a second that one unit works off */
export function awsBacklogPerInstance(perUnit: number): Contender {
  return {
    policy: "aws-backlog-per-instance",
    rule: "visible messages per instance, a minute late; 3 of 3 above the target: out; 15 of 15 below 0.9 of it: in",
    setting: "acceptable latency, seconds",
    standard: 60,
    range: [0.2, 3600],
    create: (latency, bounds) => create(latency * perUnit, bounds),
  };
}

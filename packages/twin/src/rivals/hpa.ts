import { wholeUnits } from "@headroom/decisions/capacity";
import type { Contender, View } from "../backtest/autoscaler.ts";
import { createBehaviour, isWithinTolerance, SYNC_SECONDS } from "./hpa-behaviour.ts";

// Kubernetes' HPA v2 on a metric per pod (kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go):
// every 15 s `ceil(ready × usage / target)`, nothing within 10 %. Pods that serve but have no sample of that time yet
// count as idle on the way up and as exactly on target on the way down; pods that are not ready count as idle on the way
// up and not at all on the way down; if that turns the direction, nothing happens.
// Assumed: metrics-server scrapes every 15 s and the value is the mean of the scrape before, so 15-30 s old; usage goes
// above 100 % in overload, as requests a pod do and CPU does not; a pod is ready, and sampled, from the moment it serves.

const METRIC_AGE_SECONDS = 15;

/** What the metrics say without the pods that sent none: usage ÷ target, and the pods that it is the mean of. */
type Sampled = { ratio: number; pods: number };

function sampledBy({ now, ready, utilisation, served }: View, target: number): Sampled {
  const [from, to] = [now - METRIC_AGE_SECONDS - SYNC_SECONDS, now - METRIC_AGE_SECONDS];
  return { ratio: utilisation(from, to) / target, pods: Math.min(ready, served(from, to)) };
}

/** Pods that HPA would want before its `behavior`. */
export function recommended(view: View, target: number): number {
  const { ratio, pods: sampled } = sampledBy(view, target);
  const silent = view.ready - sampled;
  if (ratio <= 1) {
    const all = (ratio * sampled + silent) / Math.max(1, view.ready);
    return isWithinTolerance(all) ? view.desired : wholeUnits(all * view.ready);
  }
  const pods = view.ready + view.starting;
  const all = (ratio * sampled) / pods;
  if (all < 1 || isWithinTolerance(all)) return view.desired;
  return Math.max(view.desired, wholeUnits(all * pods));
}

export const hpa: Contender = {
  policy: "hpa",
  rule: "utilisation of 15 s, out 15 s after its end, every 15 s; nothing within 10 %; default behaviour: down to the most of 300 s",
  setting: "target utilisation",
  standard: 0.7,
  range: [0.1, 1.5],
  create(target, bounds) {
    const behaviour = createBehaviour(bounds);
    return { every: SYNC_SECONDS, decide: (view) => behaviour(recommended(view, target), view.desired) };
  },
};

import type { Contender, View } from "../backtest/autoscaler.ts";
import { createBehaviour, SYNC_SECONDS, TOLERANCE } from "./hpa-behaviour.ts";

// Kubernetes' HPA v2 on a metric per pod (kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go):
// every 15 s `ceil(ready × usage / target)`, nothing within 10 %; on the way up pods that are not ready count as idle,
// and if that turns the direction, nothing happens.
// Assumed: metrics-server scrapes every 15 s and the value is the mean of the scrape before, so 15-30 s old.

const METRIC_AGE_SECONDS = 15;

function recommended(view: View, target: number): number {
  const end = view.now - METRIC_AGE_SECONDS;
  const ratio = view.utilisation(end - SYNC_SECONDS, end) / target;
  if (Math.abs(ratio - 1) <= TOLERANCE) return view.desired;
  if (ratio < 1 || view.starting === 0) return Math.ceil(ratio * view.ready - 1e-9);
  const pods = view.ready + view.starting;
  const withIdle = (ratio * view.ready) / pods;
  if (withIdle < 1 + TOLERANCE) return view.desired;
  return Math.max(view.desired, Math.ceil(withIdle * pods - 1e-9));
}

export const hpa: Contender = {
  policy: "hpa",
  setting: "target utilisation",
  standard: 0.7,
  range: [0.1, 1.5],
  create(target, bounds) {
    const behaviour = createBehaviour(bounds);
    return { every: SYNC_SECONDS, decide: (view) => behaviour(recommended(view, target), view.desired) };
  },
};

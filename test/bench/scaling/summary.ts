import type { Row } from "@headroom/twin/backtest/row";

/** What one policy did on one trace with units that take so many seconds to start. */
export type Found = { trace: string; startDelay: number } & Row;

/** A controlled variable and no demand (README of the traces): played, and left out of what is summed up. */
const LEFT_OUT = ["aws_asg_cpu_5m"];

export type Ratio = { policy: string; rival: string; startDelay: number; ratio: number; traces: number; worst: number };

/** The excess of a policy as a share of a rival's, on every trace on which both came to a shortage of 1 %. */
function sharesOf(found: readonly Found[], policy: string, rival: string): number[] {
  const excess = (name: string, trace: string) =>
    found.find((each) => each.policy === name && each.trace === trace)?.excessAtTauU1 ?? null;
  const traces = [...new Set(found.map(({ trace }) => trace))].filter((trace) => !LEFT_OUT.includes(trace));
  return traces.flatMap((trace) => {
    const [ours, theirs] = [excess(policy, trace), excess(rival, trace)];
    return ours === null || theirs === null || theirs <= 0 ? [] : [ours / theirs];
  });
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

const OURS = ["headroom", "headroom+forecast", "headroom-direct", "headroom-direct+forecast"];
const RIVALS = [
  "aws-target-tracking",
  "aws-target-tracking-20s",
  "aws-predictive",
  "hpa",
  "headroom",
  "headroom-direct",
];

/** Excess of each of ours by each rival's, and by that of ours without a forecast. */
export function ratiosOf(found: readonly Found[]): Ratio[] {
  const delays = [...new Set(found.map(({ startDelay }) => startDelay))];
  return delays.flatMap((startDelay) => {
    const there = found.filter((each) => each.startDelay === startDelay);
    return OURS.flatMap((policy) =>
      RIVALS.filter((rival) => rival !== policy).flatMap((rival) => {
        const shares = sharesOf(there, policy, rival);
        if (shares.length === 0) return [];
        const [ratio, worst] = [geometricMean(shares), Math.max(...shares)];
        return [{ policy, rival, startDelay, ratio, traces: shares.length, worst }];
      }),
    );
  });
}

import { expect, it } from "vitest";
import { type Found, ratiosOf } from "./summary.ts";

function found(trace: string, policy: string, excessAtTauU1: number | null, startDelay = 300): Found {
  const figures = { unitHours: 1, thetaU: 0, thetaO: 0, tauU: 0, tauO: 0, adaptationsPerHour: 0 };
  return { trace, startDelay, policy, ...figures, excessAtTauU1, nearestTauU: 1, setting: null };
}

it("sums up in geometric means, without what has no figure and without the controlled variable", () => {
  const rows = [
    ...[found("a", "headroom", 0.1), found("a", "hpa", 0.2), found("b", "headroom", 0.4), found("b", "hpa", 0.2)],
    ...[found("c", "headroom", null), found("c", "hpa", 0.2)],
    ...[found("aws_asg_cpu_5m", "headroom", 9), found("aws_asg_cpu_5m", "hpa", 0.1)],
    ...[found("a", "headroom", 0.6, 60), found("a", "hpa", 0.2, 60)],
  ];
  expect(ratiosOf(rows)).toEqual([
    { policy: "headroom", rival: "hpa", startDelay: 300, ratio: expect.closeTo(1), traces: 2, worst: 2 },
    { policy: "headroom", rival: "hpa", startDelay: 60, ratio: expect.closeTo(3), traces: 1, worst: expect.closeTo(3) },
  ]);
});
